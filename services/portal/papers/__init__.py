"""The papers an office sends: letters, forms, minutes, sheets, reports, and a case's whole file.

Plain values in, bytes out: nothing here knows of HTTP, a database, an event or the clock.

=================  =====================================================================
``paper``          a paper before anybody chose a file format: head, title, text, seal
``answering``      reply, co-handler's opinion, opinion form, disclosure decision
``handing_over``   hand-over notice, return, extension asked and decided
``supervising``    reminder, supervision, minutes of a coordination meeting
``of_case``        which letters a case has, and all that they are filled with
``letters_of_*``   the letters of assignment, reply and escalation, each from its act
``composing``      any letter of a case as a paper: its kind says who composes it
``paper_pdf``      a paper as PDF or as pictures of its pages
``paper_docx``     a paper as .docx, in the offices' own fonts
``office_docx``    a paper from a template of the office's own
``report``         the overall-situation report: its snapshot, as JSON and as Markdown
``report_paper``   the report as PDF, as .docx, and its figures as sheets
``sheets``         ledgers and lists as .xlsx, and .xlsx as rows
``archive``        one case, one file (一案一卷), as ZIP
``fonts``          which fonts there are, and which characters no font can draw
=================  =====================================================================
"""
