"""The one error that reading a document may raise."""


class NotAPlan(Exception):  # noqa: N818 - the name says what callers ask
    """The file or text cannot be read as a plan; ``str()`` tells the person what is wrong and how to mend it.

    ``message`` is a translatable sentence, ``values`` fill its named places; both are put together only when
    the sentence is shown, in the language of the reader.
    """

    def __init__(self, message: object, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.values if self.values else text
