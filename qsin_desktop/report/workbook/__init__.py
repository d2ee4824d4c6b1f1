"""The findings workbook, made: one sheet a module, cells as the file itself holds them."""
