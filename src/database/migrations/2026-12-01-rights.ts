import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await citizenRight(db)
  await nothingToSearchBy(db)
}

/**
 * Whoever looked citizens up by what else they may do has a right of its own for it from now on; other systems, which
 * register orders, are told nothing of anybody else's.
 */
async function citizenRight(db: Kysely<unknown>): Promise<void> {
  await sql`
    update roles set rights = rights || '{citizen.read}'::text[], version = version + 1
    where rights && '{order.register,order.dispatch,order.lead,order.call-back}'
      and code <> 'integration' and not 'citizen.read' = any(rights);
  `.execute(db)
}

/**
 * What people wrote of a secret order or a report may name its citizen. It is shown masked (src/casework/secrecy, whose
 * `words.ts` knows the same spellings), and is kept masked here, so that no name or number leads a search to it.
 * `order_search` is that of 2026-12-01-order-lists.
 */
async function nothingToSearchBy(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- As it is dialled from here, and a fixed line without its area code too.
    create function number_spellings(number text) returns setof text
      language sql immutable strict parallel safe
      begin atomic
        select distinct spelling
        from (select replace(regexp_replace(regexp_replace(number, '[^0-9+]', '', 'g'),
                '^(\\+|00)?86(?=[0-9]{9,11}$)', ''), '+', '')) as dialled (digits),
             unnest(case when digits ~ '^0?1[3-9][0-9]{9}$' then array[right(digits, 11)]
               else array[digits, regexp_replace(digits, '^0(10|2[0-9]|[3-9][0-9]{2})', '')] end) as spelling
        where length(spelling) >= 7;
      end;

    -- A pattern for it in a body of order_search, however people write its digits and whatever is between them.
    create function number_pattern(digits text) returns text
      language sql immutable strict parallel safe
      return (select string_agg(('{[0零〇],[1一壹幺],[2二贰两],[3三叁],[4四肆],[5五伍],[6六陆],[7七柒],[8八捌],[9九玖]}'::text[])
                [digit::integer + 1], ' ?' order by place)
              from unnest(string_to_array(digits, null)) with ordinality as written (digit, place));

    -- The same for a name, folded as bodies are: no character of it means anything to a pattern. Letters are whole words.
    create function name_pattern(folded text) returns text
      language sql immutable strict parallel safe
      return case when folded ~ '^[a-z ]+$' then '\\m' else '' end
        || regexp_replace(replace(folded, ' ', ''), '(.)(?=.)', '\\1 ?', 'g')
        || case when folded ~ '^[a-z ]+$' then '\\M' else '' end;

    -- A body without the names and numbers of the order's citizen.
    create function nameless_body(of_order uuid, body text) returns text language plpgsql stable as $$
      declare
        mention text;
        nameless text := body;
      begin
        for mention in
          with caller as (
            select o.caller_number, coalesce(c.merged_into, c.id) as citizen
            from work_orders o left join citizens c on c.id = o.citizen_id where o.id = of_order
          ), names as (
            select distinct search_text(one.name, '', '') as name from caller
            join citizens one on one.id = caller.citizen or one.merged_into = caller.citizen
          ), numbers as (
            select caller_number as number from caller
            union select n.number from caller join citizen_numbers n on n.citizen_id = caller.citizen
          )
          select pattern from (
            select length(name) as long, name_pattern(name) as pattern from names
            where length(replace(name, ' ', '')) >= 2
            union all
            select length(spelling), number_pattern(spelling)
            from numbers, number_spellings(number) as spelling
          ) as mentions order by long desc
        loop
          nameless := regexp_replace(nameless, mention, ' ', 'g');
        end loop;
        return btrim(regexp_replace(nameless, ' +', ' ', 'g'));
      end $$;

    create or replace function keep_order_search(changed uuid) returns void
      language sql
      begin atomic
        -- Materialized, or the tags would be put together once for each mention of them.
        with now as materialized (select * from order_search_rows() as rows where rows.order_id = changed)
        insert into order_search (order_id, opened_at, body, tags, period)
        select now.order_id, now.opened_at,
               case when now.tags && '{@x,@tREPORT}' then nameless_body(now.order_id, now.body) else now.body end,
               now.tags, now.period
        from now
        on conflict (order_id) do update
          set opened_at = excluded.opened_at, body = excluded.body, tags = excluded.tags, period = excluded.period
          where (order_search.opened_at, order_search.body, order_search.tags)
            is distinct from (excluded.opened_at, excluded.body, excluded.tags);
      end;

    create trigger keep_search_nameless after update of citizen_id
      on work_orders for each row execute function order_changed();

    -- Another name or number of a citizen, or another record of theirs: their protected orders are without these too.
    create function citizen_changed() returns trigger language plpgsql as $$
      declare
        changed uuid := case tg_table_name
          when 'citizens' then (to_jsonb(new) ->> 'id')::uuid
          else (to_jsonb(coalesce(new, old)) ->> 'citizen_id')::uuid end;
        kept uuid := (select coalesce(merged_into, id) from citizens where id = changed);
      begin
        perform keep_order_search(o.id)
        from citizens one join work_orders o on o.citizen_id = one.id
        where (one.id = kept or one.merged_into = kept) and (o.secret or o.type_code = 'REPORT');
        return null;
      end $$;
    create trigger keep_search_nameless after update of name, merged_into
      on citizens for each row execute function citizen_changed();
    create trigger keep_search_nameless after insert or update or delete
      on citizen_numbers for each row execute function citizen_changed();

    update order_search set body = nameless_body(order_id, body) where tags && '{@x,@tREPORT}';
  `.execute(db)
}
