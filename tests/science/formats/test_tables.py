"""Bytes become a table, or a sentence that says what would work."""

import gzip
import io
import struct
import zipfile

import pytest

from wellserved.science.formats import FormatError, read_table

PLAIN = "id,opened,note\n1,2016-02-29,a\n2,2016-03-01,b\n"
GREETING = "Kunde;Größe\nMüller;groß\nÅsa;klein\n"


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def workbook(sheet: str, *, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    kind = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{links}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{kind}" xmlns:r="{links}"><sheets><sheet name="Log" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        archive.writestr(name, f'<worksheet xmlns="{kind}"><sheetData>{sheet}</sheetData></worksheet>')
    return packed.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_usual_delimiter_is_found(delimiter):
    table = read_table(PLAIN.replace(",", delimiter).encode())

    assert table.delimiter == delimiter
    assert table.columns == ("id", "opened", "note")
    assert list(table.rows) == [("1", "2016-02-29", "a"), ("2", "2016-03-01", "b")]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_each_usual_encoding_is_found(encoding, named):
    table = read_table(GREETING.encode(encoding))

    assert table.encoding == named
    assert table.columns == ("Kunde", "Größe")
    assert list(table.rows) == [("Müller", "groß"), ("Åsa", "klein")]


def test_commas_in_a_semicolon_table_do_not_mislead():
    table = read_table(b"name;amount;when\nRossi, Ada;1,5;2016-02-29\nBianchi, Ugo;2,5;2016-03-01\n")

    assert (table.delimiter, table.columns) == (";", ("name", "amount", "when"))


def test_excels_separator_line_is_not_the_header():
    assert read_table(b"sep=;\nid;time\n1;2\n").columns == ("id", "time")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_age_are_read(ending):
    assert read_table(PLAIN.replace("\n", ending).encode()).row_count == 2


def test_a_last_line_without_an_end_is_a_row():
    assert read_table(b"id,note\n1,a\n2,b").row_count == 2


def test_quoted_line_breaks_belong_to_their_cell():
    table = read_table(b'id,note\n1,"first\nsecond"\n2,b\n')

    assert [(row.number, row.line, row.values) for row in table.numbered()] == [
        (1, 3, ("1", "first\nsecond")),
        (2, 4, ("2", "b")),
    ]


def test_rows_of_a_wrong_width_are_kept_and_told_of():
    table = read_table(b"id,time,note\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n")

    assert table.row_count == 4
    assert [len(row) for row in table.rows] == [2, 3, 4, 5]
    assert table.notes == ("2 rows do not have 3 cells like the header (the first ends on line 2).",)


def test_blank_lines_are_no_rows():
    assert read_table(b"\n\nid,note\n\n1,a\n\n").row_count == 1


def test_nameless_and_repeated_columns_get_names_of_their_own():
    table = read_table(b"id,,note,note,note (2),note\n1,2,3,4,5,6\n")

    assert table.columns == ("id", "column 2", "note", "note (3)", "note (2)", "note (4)")
    assert len(set(table.columns)) == len(table.columns)
    assert table.notes[0] == "Column 2 has no name; it is called 'column 2' here."


def test_quotation_marks_that_enclose_nothing_are_text():
    table = read_table(b'id\tnote\n1\t5" screen\n2\t"half open\n3\tb\n')

    assert list(table.rows) == [("1", '5" screen'), ("2", '"half open'), ("3", "b")]
    assert table.notes == ("Quotation marks are part of the text: they are not used to enclose cells.",)


def test_gzip_of_several_members_and_a_zipped_table_are_unpacked():
    head, tail = PLAIN[:20].encode(), PLAIN[20:].encode()

    assert list(read_table(gzip.compress(head, mtime=0) + gzip.compress(tail)).rows) == list(
        read_table(PLAIN.encode()).rows
    )
    assert read_table(zipped(export__csv=PLAIN.encode())).row_count == 2


def test_a_workbook_is_read_from_its_first_sheet_with_cells():
    header = f'<row r="1">{text_cell("A1", "Case ID")}{text_cell("B1", "Opened")}</row>'
    row = f'<row r="2"><c r="A2"><v>7</v></c>{text_cell("B2", "29/2/2016 01:16")}</row>'
    table = read_table(workbook(header + row), filename="log.xlsx")

    assert table.encoding == "xlsx"
    assert table.columns == ("Case ID", "Opened")
    assert list(table.rows) == [("7", "29/2/2016 01:16")]


@pytest.mark.parametrize(
    "last",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c x='>' r='xfd1048576'><v>1</v></c></row>",
        '<row r="1048576">' + "<c><v>1</v></c>" * 16_384 + "</row>",
    ],
)
def test_a_cell_in_the_last_corner_of_a_sheet_is_refused(last):
    sheet = f'<row r="1">{text_cell("A1", "id")}</row>{last}'

    with pytest.raises(FormatError, match="reaches to row 1,048,576 and column 16,384"):
        read_table(workbook(sheet))


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(export__csv=content)])
def test_what_unpacks_beyond_the_limit_is_refused(pack):
    with pytest.raises(FormatError, match="larger than 1 MB: split it"):
        read_table(pack(b"id,note\n" + b"0,0\n" * 1_000_000), limit=1_000_000)


def test_a_zip_that_lies_about_its_size_is_refused():
    packed = bytearray(zipped(export__csv=b"id,note\n" + b"0,0\n" * 100_000))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = packed.index(signature)
        packed[place + offset : place + offset + 4] = struct.pack("<I", 100)

    with pytest.raises(FormatError, match="damaged or locked"):
        read_table(bytes(packed))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \n\n", "The file is empty"),
        (b"\xef\xbb\xbf\n", "The file is empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
        (bytes(range(1, 32)) * 100, "The file is not text"),
        (b"id,note\n1,a\x00b\n", "Line 2 holds a zero byte"),
        (b"1,2016-02-29 10:00,Closed\n2,2016-02-29 11:00,Open\n", r"holds data \('2016-02-29 10:00'\)"),
        (b"1,2,3\n4,5,6\n", "The first line holds no words"),
        (b'id,note\n1,"a\n2,b,c\n3,c\n', "opened in data row 1 is never closed"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:-12], "The gzip file ends too early"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:20] + b"\xff" * 40, "gzip file"),
        (b"PK\x03\x04rubbish", "The zip file is damaged"),
        (zipped(a__csv=b"id\n1\n", b__csv=b"id\n1\n"), "holds 2 tables"),
        (zipped(readme__md=b"hello"), "holds no tables"),
        (b"\xff\xfeid,note", "does not go on so"),
    ],
    # A zip file holds the moment it was made, which no name of a test should.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(FormatError, match=sentence):
        read_table(data)


def test_a_refusal_names_the_file():
    with pytest.raises(FormatError, match=r"^night\.csv: The file is empty"):
        read_table(b"", filename="night.csv")


def test_a_hundred_thousand_columns_are_refused():
    with pytest.raises(FormatError, match="The table has 100,000 columns"):
        read_table(",".join(f"c{number}" for number in range(100_000)).encode() + b"\n")


def test_a_line_of_a_megabyte_without_names_is_refused():
    with pytest.raises(FormatError, match="1,000,000 characters, which is no column name"):
        read_table(b"x" * 1_000_000 + b"\n")


def test_a_cell_of_a_megabyte_is_read():
    table = read_table(b"id,body\n1," + b"x" * 1_000_000 + b"\n2,y\n")

    assert [len(row[1]) for row in table.rows] == [1_000_000, 1]


def test_a_cell_beyond_sixteen_megabytes_is_refused():
    with pytest.raises(FormatError, match="Line 2 cannot be split into cells"):
        read_table(b"id,body\n1," + b"x" * 16_000_001 + b"\n2,y\n")


def test_a_table_can_be_walked_again():
    table = read_table(PLAIN.encode())

    assert list(table.rows) == list(table.rows)
