"""A frozen snapshot of a visit drawn as PDF and workbook; a workbook read back. No database."""
