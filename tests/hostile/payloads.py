"""Forty texts that would do something wherever text is not only shown: run, break, call, or hide."""

from pathlib import Path

# In the browser each script would set this on the topmost window.
MARK = "hacked"


def payloads(trap: Path, port: int) -> tuple[str, ...]:
    """The texts; on the server they would make the folder `trap`, or call 127.0.0.1 at `port`."""
    run = f"window.top.{MARK}=1"
    url = f"http://127.0.0.1:{port}/x"
    codes = ",".join(str(ord(letter)) for letter in str(trap))
    mkdir = "cycler.__init__.__globals__.os.mkdir"
    unquoted = f"{mkdir}(cycler.__init__.__globals__.__builtins__.bytes([{codes}]))"
    return (
        # Templates: run, compute for ever, end in the middle.
        f"{{{{{mkdir}('{trap}')}}}}",
        f'{{{{{mkdir}("{trap}")}}}}',
        f"{{{{{unquoted}}}}}",
        f"{{% if {unquoted} %}}{{% endif %}}",
        f"{{% set x = {unquoted} %}}",
        f"${{{{{unquoted}}}}}",
        "{{7*7}}{{config}}{{self}}",
        "{{9**(9**9)}}",
        "{% for a in range(10**9) %}x{% endfor %}",
        "{% (", "{#1", "{{", "{%", "}}", "{% raw %}", "{% endmacro %}",
        # Format strings of Python.
        "{0.__class__.__mro__}", "{name.__init__.__globals__}", "%(asctime)s%n%s",
        # HTML and scripts.
        f"<script>{run}</script>",
        f'"><img src=x onerror={run}>',
        f"'><svg/onload={run}>",
        f"</script><script>{run}</script>",
        f"<iframe srcdoc='<script>{run}</script>'>",
        f"<a href='javascript:{run}'>x</a>",
        f"[x](javascript:{run})",
        f"`${{{run}}}`",
        f"'); {run}; //",
        f'"); {run}; //',
        f"\\'); {run}; //",
        "<!--", "]]>", "&#x3c;img src=x onerror=1&#x3e;",
        # Requests.
        f"<img src={url}>", f"![x]({url})", f"@import url({url})",
        # SQL, paths, shells, spreadsheets.
        "'; DROP TABLE events; COPY (SELECT 1) TO '/tmp/x'; --",
        f"../../../../{trap.name}/$(mkdir {trap})`mkdir {trap}`|mkdir {trap}",
        f'=HYPERLINK("{url}")&cmd|\' /C mkdir {trap}\'!A0',
        # What is not seen.
        "\u202egnp.exe\u2066\u200b\u0000\x1b[2J\U0001f600ﷺ\u0301\u0301",
    )  # fmt: skip
