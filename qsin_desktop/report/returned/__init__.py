"""The findings workbook, come home: read within limits and compared with the visit; it decides nothing."""
