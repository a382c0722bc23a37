-- E-mail addresses stand in the order of their bytes, so that they are found by how they begin. Here they do anyway.
select 1;
