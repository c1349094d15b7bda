"""Reading OCDS releases as Find a Tender and Contracts Finder publish them. Pure: no database, no network, no clock.

packages.read_package     bytes → raw releases, whatever the envelope, or NotAReleasePackage
releases.parse_release    one raw release → facts, without contact persons
people.people_of          the contact persons of a release, whose names are taken out of its texts
shapes.oddities           what has another shape than OCDS gives it
folding.fold              the releases of one process → what the pipeline needs to know of it
regimes.inherited         processes and their frameworks → the law each is under
buyers.BuyerIndex         a buyer → one of our organisations, or nobody
"""
