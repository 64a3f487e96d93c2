from django_bootstrap5.renderers import FieldRenderer as BootstrapFieldRenderer


class FieldRenderer(BootstrapFieldRenderer):
    """A field that is merely not wrong gets no green mark, least of all the password of a failed sign-in."""

    def get_server_side_validation_classes(self) -> str:
        return "is-invalid" if self.field_errors else ""
