"""What an assessor would recognise: standards, ratings, evidence, findings, visits. Standard library only."""
