"""Choices of options that several commands share, as typer shows them in help and completion."""

from enum import StrEnum


class FailOn(StrEnum):
    """The least severity that fails a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def counts(self, severity: str) -> bool:
        """Tell whether a finding of a severity fails the run."""
        order = list(FailOn)
        return self is not FailOn.NEVER and order.index(FailOn(severity)) <= order.index(self)


class Color(StrEnum):
    """When text is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Lang(StrEnum):
    """The languages of reports and pages."""

    EN = "en"
    ZH = "zh"


class InputFormat(StrEnum):
    """What an input is, whatever its name says."""

    YAML = "yaml"
    JSON = "json"
    TOML = "toml"
    SYSCTL = "sysctl"
    SYSCTL_DUMP = "sysctl-dump"
    OPTION_FILE = "option-file"
    VARIABLES_DUMP = "variables-dump"
    BUNDLE = "bundle"
    UNKNOWN = "unknown"


class Reader(StrEnum):
    """Who reads sysctl files."""

    EL6_BOOT = "el6-boot"
    EL7_BOOT = "el7-boot"
    EL8_BOOT = "el8-boot"
    PROCPS_SYSTEM = "procps-system"
    PROCPS4_SYSTEM = "procps4-system"
