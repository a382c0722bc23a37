-- What the square is made of: what came onto shelves and left them, so that a home feed that was made once is brought up to
-- date by a look at what happened since. Kept for a day.

create table shelf_changes (
  id bigint primary key,
  -- 0 when so many posts changed their shelves at once that everything has to be looked at anew.
  post_id bigint not null,
  -- Null when it left all its shelves.
  listed_at bigint,
  -- The owners of the shelves it stands on now, parted by commas.
  owners text not null
);

-- Albums stand on the shelves of those who made them.
insert into shelves (owner_id, listed_at, post_id)
select b.account_id, a.listed_at, a.id from albums a join post_authors b on b.post_id = a.id where a.listed_at is not null
on conflict (owner_id, listed_at, post_id) do nothing;
