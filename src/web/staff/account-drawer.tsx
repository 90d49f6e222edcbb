import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import type { Account, RightsForm } from '../../people/accounts/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
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
  const [name, setName] = useState('')
  const [why, setWhy] = useState('')
  const [rights, setRights] = useState<RightsForm>(
    account === null
      ? NOTHING
      : { role: account.role, grants: account.grants, singleSignOn: account.singleSignOn },
  )
  const act = useAct(onClose)
  const ask = () =>
    account === null
      ? act.mutate({
          method: 'POST',
          path: '/api/accounts',
          body: { login, name, agentNumber: null, rights: { ...rights, why } },
        })
      : act.mutate({ method: 'PUT', path: `/api/accounts/${account.id}/rights`, body: { ...rights, why } })
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
          <>
            <Field label={t('staff.login')}>
              <Input autoFocus value={login} onChange={event => setLogin(event.target.value)} />
            </Field>
            <Field label={t('staff.name')}>
              <Input value={name} onChange={event => setName(event.target.value)} />
            </Field>
          </>
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
