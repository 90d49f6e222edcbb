import { type Kysely, type QueryExecutorProvider, sql } from 'kysely'

/**
 * A protected order is searched in the words that are shown to whoever is not led to its citizen: without any telephone
 * number, whoever's it is, and without the citizen's names. Were the citizen's own numbers alone left out, what a search
 * does not find would tell which they are. src/casework/secrecy has the same shapes; tests/database/search-veil.test.ts
 * holds both against each other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await withoutTelephones(db)
  await hiddenBody(db)
  await derivedAnew(db)
}

/** How people write each digit, and what telephones.ts takes for it. */
const WRITTEN = '０零〇１①一壹幺２②二贰两３③三叁４④四肆５⑤五伍６⑥六陆７⑦七柒８⑧八捌９⑨九玖＋'
const MEANT = '000111112222233334444555566667777888899999+'

const GAP = `${classOf(/[\s\p{Pd}－_()（）\p{Cf}]/u)}{0,3}`
const WIDE_GAP = `${classOf(/[\s\p{P}\p{Cf}]/u)}{0,3}`
const BLANK = classOf(/\s/u)
const DASHES = classOf(/[\s\p{Pd}－]/u)

const MONTH_AND_DAY = '(?:0?[1-9]|1[0-2])[-－/.年月](?:0?[1-9]|[12][0-9]|3[01])'
const PLAIN_DAY = '20[0-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])'

/** Longer figures that are no telephone number: they stay. */
const OTHER_FIGURES = [
  '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  '(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])',
  `(?<![0-9])(?:19|20)[0-9][0-9][-－/.年]${MONTH_AND_DAY}(?![0-9])`,
  `(?<![0-9])${PLAIN_DAY}(?:[0-9]{6}|[0-9]{10})?(?![0-9])`,
  `(?<=[¥￥]${BLANK}?)[1-9][0-9]{0,9}(?![0-9])`,
  `(?<![0-9.])[1-9][0-9]{0,9}(?:[.][0-9]{1,2})?(?=${BLANK}?[万亿]?[元块])`,
  '(?<![0-9.])[1-9][0-9]{0,9}[.][0-9]{1,2}(?![0-9.])',
]

const BEFORE = `(?<![0-9])(?:(?:[+]|00)?86${GAP})?0?`
/** The number itself is the only group of each; what is dialled before it stays. */
const TELEPHONES = [
  `${BEFORE}(1${GAP}[3-9](?:${GAP}[0-9]){9}(?![0-9]))`,
  `${BEFORE}(1[3-9][0-9]${WIDE_GAP}[0-9]{4}${WIDE_GAP}[0-9]{4}(?![0-9]))`,
  `(?<=[+])([0-9](?:${GAP}[0-9]){6,14}(?![0-9]))`,
  `(?<![0-9])(0[0-9]{2,3}(?:${GAP}[0-9]){7,8}(?![0-9]))`,
  `(?<![0-9])([2-9][0-9]{2,3}${GAP}[0-9]{4}(?![0-9]))`,
  `(?<![0-9])([2-9][0-9](?:${GAP}[0-9][0-9]){3}(?![0-9]))`,
  `(?<![0-9])([2-9](?:${DASHES}{1,3}[0-9]){6,7}(?![0-9]))`,
  '([0-9]{7,})',
]

/** What a folded body may still have between the characters of a name. */
const BETWEEN = String.raw`[ ・\u061c\u180e\ufff9-\ufffb]`
const LATIN = String.raw`[a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]`

/** A bracket expression of the characters of a class, which PostgreSQL knows by its locale at best. */
function classOf(set: RegExp): string {
  const ranges: { first: number; last: number }[] = []
  for (let point = 1; point <= 0xe_ff_ff; point++) {
    if ((point >= 0xd8_00 && point < 0xe0_00) || !set.test(String.fromCodePoint(point))) continue
    const newest = ranges.at(-1)
    if (newest?.last === point - 1) newest.last = point
    else ranges.push({ first: point, last: point })
  }
  const escaped = (point: number) => String.raw`\U${point.toString(16).padStart(8, '0')}`
  return `[${ranges.map(({ first, last }) => `${escaped(first)}-${escaped(last)}`).join('')}]`
}

async function withoutTelephones(db: Kysely<unknown>): Promise<void> {
  const shapes = [...OTHER_FIGURES, ...TELEPHONES]
  await sql`
    -- These words with | in the place of each telephone number. As in JavaScript the shape that begins first is taken,
    -- of several that begin there the one that stands first; one regular expression would take the longest.
    create function without_telephones(words text) returns text
      language plpgsql immutable strict parallel safe as $$
      declare
        shapes constant text[] := ${sql.lit(`{${shapes.map(quoted).join(',')}}`)};
        never constant integer := length(words) + 1;
        plain constant text := translate(words, ${sql.lit(WRITTEN)}, ${sql.lit(MEANT)});
        -- Where each comes next; looked for anew once that is behind.
        begins integer[] := array_fill(0, array[${sql.lit(shapes.length)}]);
        here integer := 1;
        kept_from integer := 1;
        nearest integer;
        kept text := '';
      begin
        loop
          nearest := 1;
          for shape in 1..${sql.lit(shapes.length)} loop
            if begins[shape] < here then
              begins[shape] := coalesce(nullif(regexp_instr(plain, shapes[shape], here), 0), never);
            end if;
            if begins[shape] < begins[nearest] then nearest := shape; end if;
          end loop;
          exit when begins[nearest] = never;
          here := regexp_instr(plain, shapes[nearest], begins[nearest], 1, 1);
          if nearest > ${sql.lit(OTHER_FIGURES.length)} then
            kept := kept || substr(words, kept_from,
              regexp_instr(plain, shapes[nearest], begins[nearest], 1, 0, '', 1) - kept_from) || '|';
            kept_from := here;
          end if;
        end loop;
        return kept || substr(words, kept_from);
      end $$;
  `.execute(db)
}

/** As an element of an array's text. */
function quoted(shape: string): string {
  return `"${shape.replaceAll('\\', String.raw`\\`)}"`
}

async function hiddenBody(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A pattern for a name in a body of order_search: no character of it means anything to a pattern, a middle dot and
    -- what is not seen may stand between them. One in letters is a word of its own among letters.
    create or replace function name_pattern(folded text) returns text
      language sql immutable strict parallel safe
      return case when folded ~ ${sql.lit(`^${LATIN}+$`)} then ${sql.lit(`(?<!${LATIN})`)} else '' end
        || regexp_replace(folded, '(.)(?=.)', ${sql.lit(`\\1${BETWEEN}{0,3}`)}, 'g')
        || case when folded ~ ${sql.lit(`^${LATIN}+$`)} then ${sql.lit(`(?!${LATIN})`)} else '' end;

    create function hidden_body(of_order uuid) returns text language plpgsql stable as $$
      declare
        mention text;
        hidden text := (
          select search_text(without_telephones(title), without_telephones(place), without_telephones(text))
          from work_orders where id = of_order);
      begin
        for mention in
          with asked as (
            select coalesce(c.merged_into, c.id) as kept
            from work_orders o join citizens c on c.id = o.citizen_id where o.id = of_order
          ), names as (
            select distinct regexp_replace(search_text(one.name, '', ''), ${sql.lit(BETWEEN)}, '', 'g') as name
            from asked join citizens one on one.id = asked.kept or one.merged_into = asked.kept
          )
          select name_pattern(name) from names where length(name) >= 2 order by length(name) desc
        loop
          hidden := regexp_replace(hidden, mention, ' ', 'g');
        end loop;
        return btrim(regexp_replace(hidden, ' +', ' ', 'g'));
      end $$;

    create or replace function keep_order_search(changed uuid) returns void
      language sql
      begin atomic
        -- Materialized, or the tags would be put together once for each mention of them.
        with now as materialized (select * from order_search_rows() as rows where rows.order_id = changed)
        insert into order_search (order_id, opened_at, body, tags, period)
        select now.order_id, now.opened_at,
               case when now.tags && '{@x,@tREPORT}' then hidden_body(now.order_id) else now.body end,
               now.tags, now.period
        from now
        on conflict (order_id) do update
          set opened_at = excluded.opened_at, body = excluded.body, tags = excluded.tags, period = excluded.period
          where (order_search.opened_at, order_search.body, order_search.tags)
            is distinct from (excluded.opened_at, excluded.body, excluded.tags);
      end;

    -- Whose number it is makes no difference any more.
    drop trigger keep_search_nameless on citizen_numbers;
    create or replace function citizen_changed() returns trigger language plpgsql as $$
      declare
        kept uuid := coalesce(new.merged_into, new.id);
      begin
        perform keep_order_search(o.id)
        from citizens one join work_orders o on o.citizen_id = one.id
        where (one.id = kept or one.merged_into = kept) and (o.secret or o.type_code = 'REPORT');
        return null;
      end $$;
    drop function nameless_body(uuid, text);
    drop function number_pattern(text);
    drop function number_spellings(text);
  `.execute(db)
}

/** Orders at a time: each statement is over long before it would be stopped. */
const AT_ONCE = 2_000

/** The bodies of the protected orders that there are. */
export async function derivedAnew(db: QueryExecutorProvider): Promise<void> {
  let last: string | null = '00000000-0000-0000-0000-000000000000'
  while (last !== null) {
    const { rows }: { rows: { last: string | null }[] } = await sql<{ last: string | null }>`
      with batch as (
        select order_id, tags from order_search where order_id > ${last}::uuid
        order by order_id limit ${sql.lit(AT_ONCE)}
      ), derived as (
        update order_search set body = hidden_body(batch.order_id) from batch
        where order_search.order_id = batch.order_id and batch.tags && '{@x,@tREPORT}'
      )
      select order_id::text as last from batch order by order_id desc limit 1`.execute(db)
    last = rows[0]?.last ?? null
  }
}
