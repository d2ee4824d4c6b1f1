"""The words that two people read to each other to know that their laptops hold the right keys.

2,048 short English words, chosen for this program: each tells 11 bits. Of words that sound alike one is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

SIX: Final = 6
_BITS: Final = 11


def six_words(devices: Iterable[str]) -> str:
    """From the SHA-256 of the keys, whatever their order: 66 bits, so that no other key fits them."""
    joined = "\n".join(sorted(set(devices)))
    number = int.from_bytes(hashlib.sha256(b"qsin-six-words-v1\0" + joined.encode()).digest(), "big")
    return " ".join(WORDS[(number >> (_BITS * at)) & (len(WORDS) - 1)] for at in range(SIX))


def same_words(given: str, words: str) -> bool:
    """Whatever the spaces, hyphens and capitals."""
    return given.casefold().replace("-", " ").replace(",", " ").split() == words.split()


WORDS: Final = tuple(
    """
    able acid acorn acre acrobat actor adapt adder admiral adult advice aerial affair agent agree ahead aim
    airport alarm album alder alert algebra alley almond alone alpine amber amble ample anchor angel angle
    ankle annual answer ant antler anvil apple apricot april apron aqua arbour arch arctic arena argue arm
    armour arrow artist ash aspen asset atlas atom attic august aunt author autumn avenue awake award axe
    axis azure baby bacon badge badger bagel bake baker balance balcony ball ballad ballet balloon bamboo
    banana band banjo bank banner bar bargain bark barley barn barrel basil basin basket bath baton battery
    bay bazaar bead beak beam bean bear beard beast beat beaver bed bee beech beef beetle begin belt bench
    bend beret berry best better bicycle big bill bin bird biscuit bishop bison bitter black blade blanket
    blaze blend bless blink block bloom blossom blouse blue bluff blunt boat body boil bold bolt bone
    bonfire bonnet book boost boot border born borrow boss bottle bottom bounce box boy bracket braid brain
    bramble branch brass brave breeze brick bride bridge brief bright bring brisk broad bronze brook broom
    broth brown brush bubble bucket buckle bud budget buffalo bugle build bulb bull bumper bundle bunny
    burrow bus bush butter button buzzard cabbage cabin cable cactus cadet cafe cage cake calcium calf call
    calm camel camera camp canal canary candle candy canoe canopy canvas canyon cap cape capital captain car
    caramel caravan carbon card cargo carol carp carpet carrot cart carve cascade case cash cashew castle
    cat catch cattle cave cavern cedar ceiling celery cellar cello cement centre century chain chair chalet
    chalk chamber change channel chapel chapter charm chart chase cheap check cheek cheer cheese chef cherry
    chess chest chick chief child chimney chin china chip chisel choir choose chorus chrome chuckle church
    cider cinema circle circus citizen citrus city civic claim clam clap class clay clean clear clerk clever
    cliff climb clinic cloak clock cloth cloud clover clown club coach coal coast coat cobalt cobra cockpit
    cocoa coconut cod code coffee coin cold collar college colour column comb comedy comet comfort comic
    common compass concert condor cone cook cookie cool copper copy coral cord core cork corn corner cosmic
    cottage cotton couch cougar count country county couple courage cousin cover cow cowboy coyote crab
    cradle craft crane crater crayon cream create creek cress crew cricket crimson crisp critic crocus crop
    cross crow crowd crown cruise crumb crust crystal cube cubic cuckoo cup curious curl curry curtain curve
    cushion custard custom cycle cypress daily dairy daisy dale damp damson dance daring dark dart dash date
    dawn day deal dear debate decade deck decor deep delta dense dentist depth deputy desert design desk
    dessert detail dial diamond diary dice diesel diet digit dill dime dinghy dinner diploma direct dish
    disk dive dock doctor dodge dog doll dollar dolphin dome donkey door dot double dough dove down dozen
    dragon drama draw drawer dream dress drift drill drink drive drizzle drum dry duck duet duke dune dusk
    dust duty dwarf dynamo eager eagle ear early earn earth easel east easy eat echo eclipse edge editor
    educate eel egg eight elastic elbow elder elect elegant element elevate elf elk elm ember emblem emerald
    empire empty enamel energy engine enjoy enough entire equal era errand escape essay estate evening event
    ever exact exam example exit exotic expert explore express extra eye fable fabric face fact factory fade
    fair fairy faith falcon fall fame family famous fan fancy far farm farmer fashion fast father fault
    favour feast feather fellow felt fence fennel fern ferret ferry fever few fibre fiction fiddle field fig
    figure file fill film filter final finch find fine finger finish fir fire firm first fish fist fit five
    fix fizz flag flake flame flannel flap flash flask flat flavour flax fleet flight flint float flock
    floor flora florist flow flower fluent flute fly foal foam focus fog foil fold folk follow food foot
    forest forge fork form formal fort fortune forty forum forward fossil four fox fragile frame frank fresh
    friday fridge friend fringe frog front frost frown fruit fuel full fun funnel fur furnace future gable
    gadget gala galaxy gale gallery gallon gallop game gander gap garage garden garlic garment garnet gas
    gate gather gauge gazelle gear gecko gem general gentle genuine geology germ geyser giant gibbon gift
    ginger giraffe girl give glacier glad glass glaze gleam glen glide glimpse glitter globe glory gloss
    glove glow glue gnome goal goat gold golf gondola good goose gorge gorilla gosling govern gown grace
    grade grain gram grand granite grape graph grass gravel gravity gravy great green greet grey grid
    griffin grill grin grip grocer ground group grouse grove grow guard guava guess guest guide guild guitar
    gulf gull gum gutter gymnast habit hail half halo ham hamlet hammer hammock hamper hamster hand handle
    handy happy harbour hard hare harmony harness harp harvest hat hatch have hawk hay hazel head health
    heart heat heath heather heavy hedge height helmet help hemlock hen herald herb hermit hero heron
    herring hexagon hickory high highway hill hinge hippo history hobby hockey holiday hollow holly home
    honest honey hood hoof hook hoop hope horizon horn hornet horse hose host hotel house hover human humble
    humour hundred hungry hunter hurdle hurry husky hut hyena ice icicle icon idea ideal igloo image impala
    improve inch income index indigo indoor infant ink inland inner insect inside inspect instant intend
    invent invite iris iron island ivory ivy jackal jacket jade jaguar jam january jar jasmine javelin jaw
    jazz jeans jelly jersey jewel jigsaw job jockey jog join joke jolly journal journey joy judge jug
    juggler juice july jumble jump jumper june jungle junior juniper jury just kale karate kayak keen keep
    kennel kernel kettle kick kidney kilo kilt kind king kingdom kiosk kipper kiss kitchen kite kitten kiwi
    knee knife knock know koala label lace ladder ladle lady lagoon lake lamb lamp lance land lane lantern
    lap laptop larch lard large lark laser last late laugh launch laundry laurel lava lawn lawyer layer lead
    leaf league leap learn leather lecture leek left leg legal legend lemon lend lens lentil leopard lesson
    letter lettuce level lever library licence lick lid life lift light like lilac lily limb lime limit
    linden line linen link lion lip liquid list listen litre little live lizard llama loaf lobby lobster
    local lock locket locust lodge loft log logic long look loop loose lorry lotion lotus loud lounge love
    low loyal luck luggage lumber lunar lunch lung lupin lute luxury lynx lyric machine magenta magic magnet
    magpie major make mallard mallet mammal mammoth manage mango manor mantle manual maple marble march
    margin marina mark market marmot maroon marsh mask mason mast master mat match maths matter maximum may
    mayor meadow meal measure medium mellow melody melon melt member memory mend mental menu mercury merit
    mermaid merry mesh message meteor method metre micro middle mild mile milk mill million mime mimic mind
    mineral mini minnow minor mint minute mirror mist mitten mix mobile model modern modest mole moment
    monday money monitor monk monkey month mood moon moor moose morning mosaic moss moth mother motion motor
    mould mount mouse mouth move movie much mud muffin mug mule muscle museum music mustard myrtle mystery
    nail name napkin narrow nation native nature navy near neat neck nectar needle nephew nerve nest net
    nettle network neutral never new news newt next nice nickel niece nine noble noise noodle noon north
    note notice nougat novel nugget number nurse nursery nut nutmeg nylon oak oar oasis oat object oboe
    observe ocean ochre octagon october octopus office often oil olive once onion only onyx opal open opera
    optic orange orbit orchard orchid order organ origin oriole osprey ostrich other otter ounce outdoor
    outer outline outside oval oven over owl own oxygen oyster pacific paddle page paint palace palm pan
    pancake panda panel pansy panther paper parade parcel park parrot parsley parsnip part party pass past
    pasta pastel pastry patch path patrol paw pea peach peanut pearl pebble pecan peel pen pencil penny
    people pepper perch period permit person petrol pewter phone photo phrase piano pickle picnic pie pike
    pillar pillow pilot pine pink pint pipe pitch pixel pizza place plaid plan planet plank plant plate play
    player plaza plenty plot plough plum plural pocket poem poet point polar police polish polite pollen
    polo pond pony pool poplar poppy porch port post pot potato pouch pound powder power praise prawn prefer
    press pretty price pride print prism prize profit proof proper proud prune public puddle puffin pulley
    pulp pulse puma pump punch pupil puppet puppy pure purple purse puzzle python quail quarry quartz quaver
    queen quest quick quiet quill quilt quince quite quiz quota quote rabbit race radar radio radish raft
    rail raisin rake rally ram ranch random range ranger rank rapid rare rattle raven ravine raw ray reach
    read ready real realm reason rebel recent recipe record red reef reform regal region relax relay remark
    remedy remote rent repair repeat reply report rescue resin rest result retire return reveal review
    reward rhino rhythm ribbon rice rich riddle ride ridge right ripe ripple rise river road roast robe
    robin robot rock rocket rodeo roof rook room rope rotate rough round row rowan royal rubber ruby rudder
    rug rugby rule ruler rumble run rural rush russet rustic sack saddle safari safe sage sailor salad
    salmon salon salt salute sample sand sandal satin saturn sauce saucer save scale scarf school scoop
    score scout screen screw scroll seal season seat second secret seed select sell senate senior sense
    series sesame set settle seven shade shadow shape share shark sharp shave shed sheep sheet shelf shell
    shield shift shine ship shirt shoe shop shore short shovel show shower shrimp shrub shy side sieve sight
    sign signal silk silver simple sing single sink siren sister six size skate sketch skill skin skip skirt
    sky slate sleep sleeve slice slide slim slope slow small smart smile smoke smooth snack snail snake
    sneeze snow soap social sock sofa soft soil solar solid solo solve sonata song sonnet soon sorbet sorrel
    sort soul sound soup south soya space spade spare spark speak spear speech speed spell spend sphere
    spice spider spin spiral spirit splash sponge spoon sport spot spray spring sprout spruce spy squad
    square squash squid stable staff stag stage stamp stand star start state statue steady steam steep stem
    step stew stick still stitch stock stone stool stop store stork storm stove strap straw stream street
    strict string strong studio study sturdy submit subway sudden sugar suit summer summit sun sunday sunny
    sunset super supper supply sure surge swan swap sweep sweet swift swim swing switch sword syrup system
    table tablet tailor take talent talk tall tandem tango tank tanner tape target tartan task taste tavern
    taxi team teapot temper temple tempo ten tenant tennis tenor tent term test text thank theme theory
    thick thin thing think third thorn thread three throne throw thrush thumb thyme ticket tidy tie tiger
    tile timber tin tiny tip tissue title toad toast today toffee toil token tomato ton tone tongue tonic
    tool tooth top topaz topic torch total toucan touch tough tour towel tower town toy track trade trail
    train travel tray treat treaty tree trek trench tribe trick trifle trim trio trip triple trophy tropic
    trot trout trowel truck true trunk trust truth tub tube tug tulip tuna tundra tunic tunnel turban turf
    turkey turn turnip turret turtle tutor tweed twelve twenty twig twin twist type uncle under union unique
    unit unity update upper upset urban urchin urgent useful usher usual vacant vacuum valid valley value
    valve van vapour vase vault velvet vendor venue verb verse very vessel vest video view villa vine viola
    violet violin viper virtue visa visit vital vivid vocal voice volley volume vote vowel voyage wafer
    waffle wag wage wagon waiter walk wall wallet walnut walrus waltz wander want wash wasp watch water wave
    wax weasel weave web well west whale wharf wheat wheel white wicker wide widget width wild willow win
    wind window wing winner winter wire wise wish wolf wombat wonder wool word work world worm worth wreath
    wren wrench yacht yak yard yarn year yeast yellow yes yew yoga young youth zebra zenith zero zigzag zinc
    zip zodiac zone zoo
    """.split()  # noqa: SIM905  # two thousand quotation marks say nothing
)
