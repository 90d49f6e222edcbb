import { type Kysely, sql } from 'kysely'

/**
 * Roles as data: which rights each has, and who holds it over which unit. Every city begins with the same ones and
 * edits them; whoever worked here before has the role of their desk.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table staff drop constraint if exists staff_role_check;
    alter table staff
      add check (role in ('agent', 'shift-lead', 'quality', 'admin', 'caseworker')),
      add column closed_at timestamptz,
      add column oidc_subject text unique;

    create table roles (
      code    text primary key check (code ~ '^[a-z][a-z-]{1,30}$'),
      name_zh text not null,
      name_en text not null,
      rights  text[] not null,
      -- Granted over a unit and those below it; else over the whole city.
      over_unit boolean not null,
      position integer not null default 0,
      version integer not null default 1
    );
    create table role_grants (
      staff_id   uuid not null references staff (id),
      role_code  text not null references roles (code),
      unit_id    text references units (id),
      granted_at timestamptz not null default now(),
      unique nulls not distinct (staff_id, role_code, unit_id)
    );
    create index on role_grants (unit_id);

    insert into roles (position, code, name_zh, name_en, over_unit, rights) values
      ( 1, 'agent', '话务员', 'Agent', false, '{order.register,order.read-open}'),
      ( 2, 'specialist', '专席', 'Specialist seat', false, '{order.register,order.read-open}'),
      ( 3, 'dispatcher', '派单员', 'Dispatcher', false,
          '{order.register,order.read-all,order.dispatch,order.lead,order.grant}'),
      ( 4, 'reviewer', '审核员', 'Reviewer', false, '{order.read-all,order.review,order.grant}'),
      ( 5, 'call-back', '回访员', 'Call-back worker', false, '{order.read-all,order.call-back}'),
      ( 6, 'supervisor', '督办员', 'Case supervisor', false, '{order.read-all,order.supervise,order.refer,export}'),
      ( 7, 'shift-lead', '班长', 'Shift lead', false,
          '{order.register,order.read-all,order.dispatch,order.lead,order.grant,order.override,export}'),
      ( 8, 'chief', '总值班长', 'Chief of shifts', false,
          '{order.register,order.read-all,order.dispatch,order.lead,order.rule,order.grant,order.override,export}'),
      ( 9, 'hotline-office', '热线办', 'Hotline office', false,
          '{order.read-all,order.lead,order.rule,order.grant,order.supervise,order.refer,order.override,identity.see,export,audit.read}'),
      (10, 'quality', '质检员', 'Quality', false, '{order.read-all,export}'),
      (11, 'knowledge-editor', '知识库采编', 'Knowledge editor', false, '{}'),
      (20, 'unit-liaison', '承办单位联络员', 'Unit liaison', true, '{order.read-unit,unit.handle,unit.lead}'),
      (21, 'unit-handler', '承办单位办理员', 'Unit handler', true, '{order.read-unit,unit.handle}'),
      (22, 'unit-leader', '承办单位负责人', 'Unit leader', true, '{order.read-unit,unit.handle,unit.lead,export}'),
      (23, 'area-dispatcher', '联动中心调度员', 'Area dispatcher', true, '{order.read-unit,unit.handle,unit.lead}'),
      (24, 'grid-worker', '网格员', 'Grid worker', true, '{order.read-unit,unit.handle}'),
      (25, 'grid-specialist', '专业网格员', 'Specialist grid worker', true, '{order.read-unit,unit.handle}'),
      (26, 'grid-extended', '拓展网格员', 'Extended grid worker', true, '{order.read-unit,unit.handle}'),
      (27, 'warden', '协管员', 'Warden', true, '{order.read-unit}'),
      (28, 'volunteer', '志愿者', 'Volunteer', true, '{order.read-unit}'),
      (40, 'duty-leader', '值班领导', 'Duty leader', false, '{order.read-all,order.call-back,order.supervise}'),
      (41, 'duty-assistant', '值班领导助理', 'Duty leader''s assistant', false, '{order.read-all,order.call-back}'),
      (42, 'city-leader', '市领导', 'City leader', false, '{order.read-all}'),
      (43, 'discipline', '纪检', 'Discipline inspection', false, '{order.read-referred,export}'),
      (44, 'efficiency', '组织部/效能', 'Organisation and efficiency', false, '{}'),
      (45, 'analyst', '分析员', 'Analyst', false, '{order.read-all,export}'),
      (60, 'admin', '系统管理员', 'Administrator', false,
          '{order.read-all,settings.edit,staff.edit,audit.read,integration.edit}'),
      (61, 'integration', '接口账号', 'Integration account', false, '{order.register}');

    insert into role_grants (staff_id, role_code) select id, role from staff where role <> 'caseworker';

    -- What takes two people: asked for by one, decided by another. Whom it is about may be gone afterwards.
    create table approvals (
      id         bigint generated always as identity primary key,
      kind       text not null check (kind in ('rights', 'close', 'reopen', 'password', 'delete')),
      staff_id   uuid not null,
      payload    jsonb not null,
      why        text not null check (length(why) between 1 and 500),
      asked_by   uuid not null references staff (id),
      asked_at   timestamptz not null default now(),
      decision   text check (decision in ('agreed', 'refused', 'withdrawn')),
      decided_by uuid references staff (id),
      decided_at timestamptz,
      check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
      -- Whoever asked may only take it back.
      check (decision is null or (decision = 'withdrawn') = (decided_by = asked_by))
    );
    create unique index on approvals (staff_id, kind) where decision is null;

    -- What a list of one's sessions says of each, so that the strange one can be told and ended.
    alter table sessions
      add column id uuid not null unique default gen_random_uuid(),
      add column address text,
      add column device text;

    -- Counted together with where it came from: a stranger's guesses keep nobody else waiting.
    alter table sign_in_failures add column address text not null default '';
    create index on sign_in_failures (login, address, at);
  `.execute(db)
}
