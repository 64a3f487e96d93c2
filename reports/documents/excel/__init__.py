"""Papers and tables as workbooks (XLSX)."""
