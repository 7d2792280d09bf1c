"""Plausible names in the number a conference has them: many share a part, few are equal."""

GIVEN = [
    "Ada",
    "Grace",
    "Linus",
    "Zoë",
    "Jürgen",
    "María",
    "José",
    "François",
    "Anaïs",
    "Björn",
    "Søren",
    "Łukasz",
    "Agnieszka",
    "Olga",
    "Dmitri",
    "Yuki",
    "Haruto",
    "Mei",
    "Wei",
    "Aisha",
    "Omar",
    "Fatima",
    "Kwame",
    "Chidi",
    "Priya",
    "Arjun",
    "Ananya",
    "Thabo",
    "Naledi",
    "Elif",
    "Mehmet",
    "Niamh",
    "Siobhán",
    "Sean",
    "Emma",
    "Noah",
    "Olivia",
    "Liam",
    "Sophia",
    "Lucas",
    "Mia",
    "Ethan",
    "Amelia",
    "James",
    "Charlotte",
    "Benjamin",
    "Harper",
    "Elijah",
    "Evelyn",
    "Henry",
    "Katarzyna",
    "Marek",
]
ONSETS = [
    "B",
    "Br",
    "D",
    "F",
    "G",
    "Gr",
    "H",
    "J",
    "K",
    "Kl",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "Sch",
    "St",
    "T",
    "V",
    "W",
    "Z",
]
VOWELS = ["a", "e", "i", "o", "u", "ä", "ö", "au", "ei", "ie"]
MIDDLES = [
    "b",
    "ck",
    "d",
    "f",
    "g",
    "hl",
    "l",
    "ll",
    "m",
    "nd",
    "ng",
    "nn",
    "r",
    "rg",
    "rt",
    "s",
    "ss",
    "st",
    "tt",
    "tz",
    "v",
    "x",
]
ENDINGS = [
    "er",
    "mann",
    "sen",
    "son",
    "ski",
    "ez",
    "berg",
    "ström",
    "dottir",
    "ovic",
    "a",
    "ini",
    "ou",
    "yan",
]
TRADES = [
    "Systems",
    "Labs",
    "Works",
    "Institute",
    "Logistics",
    "Robotics",
    "Media",
    "Energy",
    "Foods",
    "Health",
]


def full_name(number: int) -> str:
    """The n-th person: 52 given names, 67,760 surnames."""
    return f"{GIVEN[number * 31 % len(GIVEN)]} {surname(number)}"


def surname(number: int) -> str:
    rest = number * 7919
    parts = []
    for sounds in (ONSETS, VOWELS, MIDDLES, ENDINGS):
        rest, place = divmod(rest, len(sounds))
        parts.append(sounds[place])
    return "".join(parts)


def company(number: int) -> str:
    return f"{surname(number // 7 + 13)} {TRADES[number % len(TRADES)]}"
