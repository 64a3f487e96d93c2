from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedStaticFiles(StaticFilesConfig):
    """Bootstrap's other builds and the weights of the typeface that no page asks for are not collected: each
    file is compressed twice, and by Brotli slowly."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("bootstrap-*", "bootstrap.css*", "bootstrap.rtl*"),
        *("BeVietnamPro-*Italic.ttf", "BeVietnamPro-*Light.ttf", "BeVietnamPro-ExtraBold.ttf"),
        *("BeVietnamPro-Black.ttf", "BeVietnamPro-Medium.ttf", "BeVietnamPro-Thin.ttf"),
    ]
