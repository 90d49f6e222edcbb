import { type Kysely, sql } from 'kysely'

/**
 * Lists of units and of words stay as quick as the years go by.
 *
 * Each unit's part of an order carries what lists are sorted by, so that the first fifty of a unit, or of all units
 * below one, come from the beginning of an index. The terms of `order_search` begin with the period in which the order
 * was opened: the index is asked for one period after another, the newest first, and looks at no more than fills a page.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await unitsParts(db)
  await searchByPeriod(db)
  await openOrders(db)
}

async function unitsParts(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table order_assignments
      -- As the order has them.
      add column opened_at timestamptz not null default now(),
      add column due_at    timestamptz,
      -- The order is not over, or a clock of it still runs.
      add column open      boolean not null default true;

    create function order_is_open(status text, due_at timestamptz) returns boolean
      language sql immutable parallel safe
      return status in ('draft', 'to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back')
        or due_at is not null;

    update order_assignments as a
      set opened_at = o.opened_at, due_at = o.due_at, open = order_is_open(o.status, o.due_at)
      from work_orders o where o.id = a.order_id;

    create function assignment_like_its_order() returns trigger language plpgsql as $$
      begin
        select o.opened_at, o.due_at, order_is_open(o.status, o.due_at)
          into new.opened_at, new.due_at, new.open
          from work_orders o where o.id = new.order_id;
        return new;
      end $$;
    create trigger like_its_order before insert or update of order_id
      on order_assignments for each row execute function assignment_like_its_order();

    create function assignments_like_their_order() returns trigger language plpgsql as $$
      begin
        update order_assignments
          set opened_at = new.opened_at, due_at = new.due_at, open = order_is_open(new.status, new.due_at)
          where order_id = new.id;
        return null;
      end $$;
    create trigger keep_assignments after update of opened_at, due_at, status on work_orders for each row
      when ((old.opened_at, old.due_at, order_is_open(old.status, old.due_at))
            is distinct from (new.opened_at, new.due_at, order_is_open(new.status, new.due_at)))
      execute function assignments_like_their_order();

    create index order_assignments_newest on order_assignments (unit_id, opened_at, order_id)
      where state not in ('returned', 'withdrawn');
    create index order_assignments_due on order_assignments (unit_id, due_at, order_id)
      where open and state not in ('returned', 'withdrawn');
  `.execute(db)
}

async function searchByPeriod(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index order_search_terms;
    drop function keep_order_search(uuid);
    drop function order_search_rows();
    drop function order_terms(text, text[]);

    -- Four weeks, counted from 1970: terms.ts counts them as well.
    create function order_period(opened_at timestamptz) returns integer
      language sql stable strict parallel safe
      return floor(extract(epoch from opened_at) / 2419200);

    truncate order_search;
    alter table order_search add column period integer not null;

    -- Tags, each two neighbouring characters, and the last of a word alone (a term's beginning finds any character);
    -- each behind its order's period.
    create function order_terms(period integer, body text, tags text[]) returns tsvector
      language sql immutable strict parallel safe cost 10000
      return array_to_tsvector(array(
        select period || '.' || term from unnest(tags) as term
        union all
        select distinct period || '.' || case when coalesce(b, ' ') = ' ' then a else a || b end
        from (select string_to_array(body, null) as characters) as split,
             unnest(characters, characters[2:]) as pairs (a, b)
        where a <> ' '));

    -- What order_search has to hold, of all orders; asked for one of them, it reads no others.
    create function order_search_rows()
      returns table (order_id uuid, opened_at timestamptz, body text, tags text[], period integer)
      language sql stable parallel safe
      begin atomic
        select o.id, o.opened_at, search_text(o.title, o.place, o.text),
          array_remove(array[
            -- These two come first: what begins with some digits is looked for there.
            '@n' || o.number,
            -- Who is behind a secret order or a report is told for a reason on record, never to a search.
            case when not (o.secret or o.type_code is not distinct from 'REPORT') then '@k' || o.caller_number end,
            '@s' || o.status,
            '@t' || o.type_code,
            '@p' || o.priority,
            '@o' || o.opened_by,
            '@m' || o.campaign,
            '@e' || o.closing,
            '@g' || o.grade,
            '@v' || nullif(o.supervision, 0),
            case when order_is_open(o.status, o.due_at) then '@q' end,
            case when o.secret then '@x' end,
            -- Groups, areas and items of categories; districts, streets and communities.
            '@c' || substring(o.category_code from '^[^-]+'),
            '@c' || substring(o.category_code from '^[^-]+-[^-]+'),
            '@c' || substring(o.category_code from '^[^-]+-[^-]+-[^-]+'),
            '@a' || substring(o.area_code from '^.{6}'),
            '@a' || substring(o.area_code from '^.{9}'),
            '@a' || substring(o.area_code from '^.{12}'),
            '@a' || substring(o.area_code from '^.{15}')
          ], null)
          || array(select '@u' || a.unit_id from order_assignments a
                   where a.order_id = o.id and a.state not in ('returned', 'withdrawn'))
          -- Who had a hand in the call: more than took part in the talk.
          || array(select distinct '@h' || s.staff_id from seat_changes s
                   where s.call_id = o.call_id and s.staff_id is not null),
          order_period(o.opened_at)
        from work_orders o;
      end;

    create function keep_order_search(changed uuid) returns void
      language sql
      begin atomic
        insert into order_search (order_id, opened_at, body, tags, period)
        select * from order_search_rows() as now where now.order_id = changed
        on conflict (order_id) do update
          set opened_at = excluded.opened_at, body = excluded.body, tags = excluded.tags, period = excluded.period
          where (order_search.opened_at, order_search.body, order_search.tags)
            is distinct from (excluded.opened_at, excluded.body, excluded.tags);
      end;

    create trigger keep_search_open after update of due_at on work_orders for each row
      when ((old.due_at is null) <> (new.due_at is null)) execute function order_changed();

    insert into order_search select * from order_search_rows();

    -- Without the list of pending entries, which every question would have to read through.
    create index order_search_terms on order_search using gin (order_terms(period, body, tags))
      with (fastupdate = off);
    create index order_search_newest on order_search (opened_at, order_id);
  `.execute(db)
}

/** With what it takes to say who reads them, so that a count for everybody reads nothing but this index. */
async function openOrders(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index work_orders_open;
    create index work_orders_open on work_orders (status, priority, lead_unit, due_at)
      include (secret, opened_by, supervision, call_id)
      where status in ('draft', 'to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back');
  `.execute(db)
}
