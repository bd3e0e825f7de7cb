"""Cells and words that broke, or could break, whoever takes text for granted."""

NAUGHTY = (
    *(
        "a@http://[x/y",
        "a@[//x",
        "http://[::1",
        "[",
        "https://[bad]/in/x",
        "a@//[x",
        "linkedin.com/in/%00",
        "%00",
        "%ff",
    ),
    *("in/%E0%A4%A", "in/" + "a" * 500, "x" * 5000, "\u202e", "\u0663\u0664\u0665", "1e309", "-1", "0", "\u00b2"),
    *("4930901820", "9" * 20, "9" * 400, "9" * 5000, "1.2.3k", "..k", "9" * 300 + "m", "9-" + "9" * 31, "< 9k.9"),
    *("$1e99", "$" + "9" * 400, "9" * 400 + " billion", "\u20ac 1.000.000", "99999", "NaN", "Infinity", "2023-02-30"),
    *(
        "a@" + "b." * 200 + "de",
        "a" * 400 + "@x.de",
        "+" + "9" * 40,
        "tel:+49",
        "a@xn--\u00e4.de",
        "a@\u3002de",
        "@",
        "..",
    ),
    *(
        "mailto:a@b.de",
        "a@b@c",
        "\ud7ff",
        "\u0130stanbul",
        "\u00df",
        "\U0001f642" * 200,
        "'; drop",
        "{{7*7}}",
        "<script>",
    ),
)
