"""Copies of the database and the evidence that can be brought back, and the move from SQLite to PostgreSQL.

A backup is one folder, complete from the moment it has its name:

bam-sat-2026-11-23T143757/
    database.sqlite3 or database.dump    the database as it was at one moment
    evidence/ab/abcd…                    the files that it names, as hard links if whole in the backup before
    manifest.json                        rows and hash of every table, size and SHA-256 of every file
    manifest.json.sha256                 as sha256sum writes it
"""
