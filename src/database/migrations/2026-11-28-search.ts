import { type Kysely, sql } from 'kysely'

/**
 * What orders are found by, beside them so that their own rows stay small and may change often. `body` holds title,
 * place and text as they are compared; `tags` holds what lists are cut by, one term each. One inverted index over both
 * answers any combination of words and filters: src/casework/order-list/find.ts says how it is asked.
 *
 * Chinese has no blanks between words, so each two neighbouring characters are a term (bigrams). pg_trgm has nothing to
 * offer for the many words of two characters: they make no trigram, and it would read its whole index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table order_search (
      order_id  uuid primary key references work_orders (id) on delete cascade,
      opened_at timestamptz not null,
      body      text not null,
      tags      text[] not null
    );

    -- Compatibility forms folded, lower case, anything between words one blank; terms.ts does the same to a question.
    create function search_text(title text, place text, text text) returns text
      language sql immutable strict parallel safe
      return btrim(regexp_replace(
        lower(normalize(title || ' ' || place || ' ' || text, NFKC)),
        '[\\s\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\xbf\\u2000-\\u206f\\u3000-\\u303f\\ufe10-\\ufe6f\\ufeff\\uff00-\\uff65]+', ' ', 'g'));

    -- Tags, each two neighbouring characters, and the last of a word alone: a term's beginning finds any character.
    create function order_terms(body text, tags text[]) returns tsvector
      language sql immutable strict parallel safe cost 10000
      return array_to_tsvector(tags || array(
        select distinct case when coalesce(b, ' ') = ' ' then a else a || b end
        from (select string_to_array(body, null) as characters) as split,
             unnest(characters, characters[2:]) as pairs (a, b)
        where a <> ' '));

    -- What order_search has to hold, of all orders; asked for one of them, it reads no others.
    create function order_search_rows()
      returns table (order_id uuid, opened_at timestamptz, body text, tags text[])
      language sql stable parallel safe
      begin atomic
        select o.id, o.opened_at, search_text(o.title, o.place, o.text),
          array_remove(array[
            -- The week, counted from 1970, and the 4, 16 and 64 weeks that it is in.
            '@w0.' || floor(extract(epoch from o.opened_at) / 604800),
            '@w1.' || floor(extract(epoch from o.opened_at) / 604800 / 4),
            '@w2.' || floor(extract(epoch from o.opened_at) / 604800 / 16),
            '@w3.' || floor(extract(epoch from o.opened_at) / 604800 / 64),
            '@s' || o.status,
            '@t' || o.type_code,
            '@p' || o.priority,
            '@o' || o.opened_by,
            '@m' || o.campaign,
            '@e' || o.closing,
            '@g' || o.grade,
            '@n' || o.number,
            '@v' || nullif(o.supervision, 0),
            case when o.secret then '@x' end,
            -- Who is behind a secret order or a report is told for a reason on record, never to a search.
            case when not (o.secret or o.type_code is not distinct from 'REPORT') then '@k' || o.caller_number end,
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
                   where s.call_id = o.call_id and s.staff_id is not null)
        from work_orders o;
      end;

    create function keep_order_search(changed uuid) returns void
      language sql
      begin atomic
        insert into order_search (order_id, opened_at, body, tags)
        select * from order_search_rows() as now where now.order_id = changed
        on conflict (order_id) do update
          set opened_at = excluded.opened_at, body = excluded.body, tags = excluded.tags
          where (order_search.opened_at, order_search.body, order_search.tags)
            is distinct from (excluded.opened_at, excluded.body, excluded.tags);
      end;

    create function order_changed() returns trigger language plpgsql as $$
      begin
        perform keep_order_search(new.id);
        return null;
      end $$;
    create trigger keep_search
      after insert or update of number, status, type_code, category_code, area_code, title, text, place, secret,
        caller_number, opened_by, opened_at, priority, campaign, supervision, closing, grade
      on work_orders for each row execute function order_changed();

    create function assignment_changed() returns trigger language plpgsql as $$
      begin
        perform keep_order_search(coalesce(new.order_id, old.order_id));
        return null;
      end $$;
    create trigger keep_search
      after insert or delete or update of unit_id, order_id, state
      on order_assignments for each row execute function assignment_changed();

    insert into order_search select * from order_search_rows();

    -- Without the list of pending entries, which every question would have to read through.
    create index order_search_terms on order_search using gin (order_terms(body, tags)) with (fastupdate = off);

    create index work_orders_newest on work_orders (opened_at, id);
    create index work_orders_citizen on work_orders (citizen_id, opened_at) where citizen_id is not null;
    create index work_orders_due on work_orders (due_at, id) where due_at is not null;
    create index work_orders_open on work_orders (status, priority, lead_unit, due_at)
      where status in ('draft', 'to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back');
  `.execute(db)
}
