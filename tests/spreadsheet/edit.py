"""Writes cells of a workbook, as a script of somebody's would: for each line of the list one cell, saved under a new name.

Usage: edit.py LIST, where each line of LIST is: book, sheet, row, column (from 0), what is written, target, with tabs between.
"""

import datetime
import re
import sys

import openpyxl


def written(text, number_format):
    """What a program writes: a number, a part of one where the cell shows percent, a day, or text."""
    if text == "":
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    if text.endswith("%") and "%" in number_format:
        return float(text[:-1]) / 100
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text


for line in open(sys.argv[1], encoding="utf-8"):
    book, sheet, row, column, text, target = line.rstrip("\n").split("\t")
    workbook = openpyxl.load_workbook(book)
    cell = workbook[sheet].cell(int(row) + 1, int(column) + 1)
    cell.value = written(text.replace("\\n", "\n"), cell.number_format)
    workbook.save(target)
