"""Confidence that may be looked at whenever one likes. Pure.

An ordinary interval holds for one look that was fixed beforehand. Whoever looks daily, and stops
when it pleases, is wrong far more often than it says. A confidence sequence holds for all looks
together. This is the normal-mixture one in its asymptotic form: I. Waudby-Smith, D. Arbour,
R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory and asymptotic confidence
sequences" (arXiv:2103.06476, 2021; Annals of Statistics, 2024), theorem 2.2. After n people, the
standard error s/√n of a mean is stretched by

    √( 2 (nρ² + 1) / (nρ²) · ln( √(nρ² + 1) / α ) )

where ρ says after how many people the interval is to be narrowest. The same holds for the
difference of two means with the standard error of the difference and the people of both.
"""

import math

ALPHA = 0.05
"""How often, at most, a difference may be found where there is none, over all looks together."""


def tuned(people: float, alpha: float = ALPHA) -> float:
    """ρ² with which the interval is narrowest when so many ``people`` were seen.

    The stretch is least where x = nρ² solves x = −2 ln α + ln(1 + x) (the appendix of the paper
    on the choice of ρ). The right side contracts, so repeating it finds x.
    """
    wanted = -2 * math.log(alpha)
    grown = wanted
    for _ in range(60):
        grown = wanted + math.log1p(grown)
    return grown / people


def stretch(people: float, rho2: float, alpha: float = ALPHA) -> float:
    """By how much the standard error is stretched after ``people``; 1.96 were for a single look."""
    grown = people * rho2
    return math.sqrt(2 * (grown + 1) / grown * (math.log1p(grown) / 2 - math.log(alpha)))


def stretch_when_tuned(alpha: float = ALPHA) -> float:
    """The stretch where it is least, whatever the number of people."""
    return stretch(1, tuned(1, alpha), alpha)


def p_value(deviation: float, people: float, rho2: float) -> float:
    """The least ``alpha`` whose interval leaves out no difference; it may be read at every look.

    ``deviation`` is the difference in standard errors.
    """
    grown = people * rho2
    exponent = math.log1p(grown) / 2 - deviation * deviation * grown / (2 * (grown + 1))
    return math.exp(min(0.0, exponent))


def stepped(p_values: list[float]) -> list[float]:
    """P-values of several comparisons made comparable to one ``alpha`` (Holm, 1979).

    The smallest counts as many times as there are comparisons, the next one time less, and none
    is below one before it.
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [1.0] * len(p_values)
    least = 0.0
    for place, one in enumerate(order):
        least = max(least, min(1.0, p_values[one] * (len(p_values) - place)))
        adjusted[one] = least
    return adjusted
