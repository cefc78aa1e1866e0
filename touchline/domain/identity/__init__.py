"""Who is who: identifiers seen together become one customer, under rules and human decisions.

    Pure rules          rules, rulings          how strongly a kind speaks, what people can decide
                        components, folding     the definition: links folded in their order
                        growing, refolding      the same outcome without folding all again
                        normalising, digests    one spelling and one key for an identifier
                        extracting              which identifiers a call carries
    With the database   resolving               a batch of touchpoints comes in here
                        integrating             takes its links in by the cheapest exact way
                        settling                folds a closure again, writes what differs
                        deciding, previewing    what people decide, and how it is rehearsed
                        loading, recording      the reads and writes of all of these

Read ``folding`` first: everything else is how to get its outcome quickly.
"""
