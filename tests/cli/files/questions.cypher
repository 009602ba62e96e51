// Who is there, in the order of names.
MATCH (p:Person)
RETURN p.name
ORDER BY p.name;

MATCH (p:Person) RETURN count(*) AS people
