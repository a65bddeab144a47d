"""`python -m emergency.risk.training` trains and writes the model; `... --report` measures it and writes the report."""

import sys


def main(options: list[str]) -> int:
    if options not in ([], ["--report"]):
        sys.stderr.write("usage: python -m emergency.risk.training [--report]\n")
        return 2
    if not options:
        from emergency.risk.training.writing import train  # needs the dependency group `train`

        train()
    from emergency.risk.training import report

    report.write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
