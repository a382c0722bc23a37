-- E-mail addresses stand in the order of their bytes, so that they are found by how they begin.
alter table accounts alter column email_key type text collate "C";
alter table accounts alter column claimed_key type text collate "C";
