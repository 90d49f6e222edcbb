import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import type { Account, AccountForm, RightsForm } from '../../people/accounts/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
import type { FieldProblems } from '../settings/fields.ts'
import { isSame } from '../settings/merge.ts'
import { GrantsEditor } from './grants-editor.tsx'
import { SessionList } from './session-list.tsx'
import styles from './staff.module.css'
import { useAct } from './use-staff.ts'

const DESKS = ['agent', 'shift-lead', 'quality', 'admin', 'caseworker'] as const
const NOTHING: RightsForm = { role: 'caseworker', grants: [], singleSignOn: null }

/** One account, or a new one: what it may do, and what else is done about it. Everything wants a reason. */
export function AccountDrawer(props: {
  readonly account: Account | null
  readonly me: Me
  readonly onClose: () => void
}) {
  const { account, me, onClose } = props
  const { t } = useWords()
  const [login, setLogin] = useState('')
  const [person, setPerson] = useState<AccountForm>({
    name: account?.name ?? '',
    agentNumber: account?.agentNumber ?? null,
  })
  const [why, setWhy] = useState('')
  const [rights, setRights] = useState<RightsForm>(
    account === null
      ? NOTHING
      : { role: account.role, grants: account.grants, singleSignOn: account.singleSignOn },
  )
  const act = useAct(onClose)
  const fields = act.error instanceof Problem ? act.error.fields : {}
  const ask = () =>
    account === null
      ? act.mutate({
          method: 'POST',
          path: '/api/accounts',
          body: { login, ...person, rights: { ...rights, why } },
        })
      : act.mutate({
          method: 'PUT',
          path: `/api/accounts/${account.id}/rights`,
          body: { ...rights, why },
          waits: true,
        })
  const saysWhy = why.trim() !== ''
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      title={account === null ? t('staff.add') : `${account.name} · ${account.login}`}
      data-testid="account-drawer"
    >
      <div className={styles.form}>
        {account === null && (
          <Field label={t('staff.login')} problem={fields.login}>
            <Input
              autoFocus
              value={login}
              onChange={event => setLogin(event.target.value)}
              data-testid="staff-login"
            />
          </Field>
        )}
        <PersonFields person={person} problems={fields} onPerson={setPerson} />
        {account !== null && (
          <Button
            className={styles.own ?? ''}
            disabled={isSame(person, { name: account.name, agentNumber: account.agentNumber })}
            loading={act.isPending}
            onClick={() =>
              act.mutate({ method: 'PUT', path: `/api/accounts/${account.id}`, body: person, waits: false })
            }
            data-testid="save-person"
          >
            {t('staff.person.save')}
          </Button>
        )}
        <Field label={t('staff.desk')}>
          <Select
            value={rights.role}
            options={DESKS.map(role => ({ value: role, label: t(`shell.role.${role}`) }))}
            onChange={role => setRights({ ...rights, role })}
          />
        </Field>
        <Field label={t('staff.grants')}>
          <GrantsEditor grants={rights.grants} onGrants={grants => setRights({ ...rights, grants })} />
        </Field>
        <Field label={t('staff.single-sign-on')} hint={t('staff.single-sign-on.what')}>
          <Input
            value={rights.singleSignOn ?? ''}
            maxLength={200}
            onChange={({ target }) => setRights({ ...rights, singleSignOn: target.value.trim() || null })}
            data-testid="staff-single-sign-on"
          />
        </Field>
        <Field label={t('staff.why')}>
          <Input.TextArea
            value={why}
            maxLength={500}
            rows={2}
            onChange={event => setWhy(event.target.value)}
            data-testid="staff-why"
          />
        </Field>
        <Button
          type="primary"
          disabled={!saysWhy}
          loading={act.isPending}
          onClick={ask}
          data-testid="ask-rights"
        >
          {t('staff.ask')}
        </Button>
        {account !== null && account.id !== me.id && (
          <div className={styles.row}>
            {(['password', account.active ? 'close' : 'reopen', 'delete'] as const).map(kind => (
              <Button
                key={kind}
                danger={kind === 'delete' || kind === 'close'}
                disabled={!saysWhy || act.isPending}
                onClick={() =>
                  act.mutate({ method: 'POST', path: `/api/accounts/${account.id}/${kind}`, body: { why } })
                }
              >
                {t(`staff.${kind}`)}
              </Button>
            ))}
          </div>
        )}
        {account !== null && <SessionList account={account.id} />}
      </div>
    </Drawer>
  )
}

/** Who it is, and the number under which calls are taken. */
function PersonFields(props: {
  readonly person: AccountForm
  readonly problems: FieldProblems
  readonly onPerson: (person: AccountForm) => void
}) {
  const { t } = useWords()
  const { person, problems, onPerson } = props
  return (
    <div className={styles.person}>
      <Field label={t('staff.name')} problem={problems.name}>
        <Input
          value={person.name}
          maxLength={40}
          onChange={event => onPerson({ ...person, name: event.target.value })}
          data-testid="staff-name"
        />
      </Field>
      <Field label={t('staff.number')} hint={t('staff.number.what')} problem={problems.agentNumber}>
        <Input
          value={person.agentNumber ?? ''}
          maxLength={6}
          inputMode="numeric"
          onChange={event => onPerson({ ...person, agentNumber: event.target.value.trim() || null })}
          data-testid="staff-number"
        />
      </Field>
    </div>
  )
}
