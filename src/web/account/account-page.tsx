import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import shared from '../settings/settings.module.css'
import { useWays } from '../sign-in/use-ways.ts'
import styles from './account.module.css'
import { MySessions } from './my-sessions.tsx'
import { PasswordForm } from './password-form.tsx'

/** What everybody may see and change of their own account. */
export default function AccountPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const ways = useWays()
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('account.title')}</h1>
        <span className={shared.quiet}>{t('account.what')}</span>
      </header>
      <div className={styles.cards}>
        <div className={styles.side}>
          <Facts me={me} />
          {ways.data?.password === true && <PasswordForm />}
        </div>
        <MySessions />
      </div>
    </div>
  )
}

function Facts({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const units = me.units.map(unit => unit.nameZh)
  return (
    <section className={styles.card} data-testid="account-facts">
      <h2>{t('account.me')}</h2>
      <dl className={styles.facts}>
        <dt>{t('staff.name')}</dt>
        <dd>{me.name}</dd>
        <dt>{t('staff.login')}</dt>
        <dd>{me.login}</dd>
        <dt>{t('staff.desk')}</dt>
        <dd>{t(`shell.role.${me.role}`)}</dd>
        {me.agentNumber !== null && (
          <>
            <dt>{t('staff.number')}</dt>
            <dd>{me.agentNumber}</dd>
          </>
        )}
        <dt>{t('account.units')}</dt>
        <dd>{units.length === 0 ? t('account.city') : units.join('、')}</dd>
      </dl>
    </section>
  )
}
