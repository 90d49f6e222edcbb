import { Button, Tag } from 'antd'
import type { Approval } from '../../people/accounts/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { grantWords } from './grant-words.ts'
import styles from './staff.module.css'
import { useAct, useApprovals, useRoles, useUnits } from './use-staff.ts'

/** What waits for a second person; whoever asked may only take it back. */
export function Waiting({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const approvals = useApprovals().data ?? []
  const act = useAct()
  const decide = (id: number, verb: 'agree' | 'refuse' | 'withdraw') =>
    act.mutate({ method: 'POST', path: `/api/approvals/${id}/${verb}` })
  if (approvals.length === 0) return null
  return (
    <section className={styles.waiting} data-testid="approvals">
      <b>{t('staff.waiting')}</b>
      {approvals.map(approval => (
        <div key={approval.id} className={styles.row}>
          <Tag color="gold">{t(`staff.kind.${approval.kind}`)}</Tag>
          <b>{approval.name}</b>
          <After approval={approval} />
          <small>{t('staff.asked-by', { name: approval.askedByName, why: approval.why })}</small>
          {approval.askedBy === me.id ? (
            <Button size="small" onClick={() => decide(approval.id, 'withdraw')}>
              {t('staff.withdraw')}
            </Button>
          ) : (
            <>
              <Button size="small" type="primary" onClick={() => decide(approval.id, 'agree')}>
                {t('staff.agree')}
              </Button>
              <Button size="small" onClick={() => decide(approval.id, 'refuse')}>
                {t('staff.refuse')}
              </Button>
            </>
          )}
        </div>
      ))}
    </section>
  )
}

/** The rights as they would be. */
function After({ approval: { after } }: { readonly approval: Approval }) {
  const { t, language } = useWords()
  const roles = useRoles().data ?? []
  const units = useUnits().data ?? []
  if (after === null) return null
  const words = after.grants.map(grant => grantWords(grant, { roles, units, language }))
  return (
    <span>
      {t(`shell.role.${after.role}`)}：{words.length === 0 ? t('staff.no-grants') : words.join('、')}
      {after.singleSignOn !== null && ` · ${t('staff.single-sign-on')} ${after.singleSignOn}`}
    </span>
  )
}
