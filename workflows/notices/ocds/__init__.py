"""Reading OCDS releases as Find a Tender and Contracts Finder publish them. Pure: no database, no network, no clock.

packages.read_package     bytes → raw releases, whatever the envelope, or NotAReleasePackage
releases.parse_release    one raw release → facts, without contact persons
folding.fold              the releases of one process → what the pipeline needs to know of it
buyers.BuyerIndex         a buyer → one of our organisations, or nobody
"""
