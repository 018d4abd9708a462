"""The course: a folder a lesson, with its prose in `en.md` and its figures and questions in `lesson.py`."""
