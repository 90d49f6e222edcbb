import { Alert, Modal } from 'antd'
import { Copyable } from '../kit/copyable.tsx'
import { useWords } from '../kit/language.tsx'
import shared from '../settings/settings.module.css'

interface Props {
  /** Null: there is none to be shown. */
  readonly secret: string | null
  readonly onClose: () => void
}

/** A secret, this once: a click beside it does not lose it. */
export function SecretDialog({ secret, onClose }: Props) {
  const { t } = useWords()
  return (
    <Modal
      open={secret !== null}
      width={560}
      title={t('webhooks.secret')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      cancelButtonProps={{ style: { display: 'none' } }}
      okText={t('webhooks.secret.done')}
      onOk={onClose}
      okButtonProps={{ 'data-testid': 'secret-done' }}
      destroyOnHidden
    >
      <Alert type="warning" showIcon title={t('webhooks.secret.once')} />
      <p>{secret !== null && <Copyable text={secret} testId="webhook-secret" />}</p>
      <p className={shared.quiet}>{t('webhooks.secret.how')}</p>
    </Modal>
  )
}
