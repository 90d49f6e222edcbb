import { Alert, Radio } from 'antd'
import { useState } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { browserMemory } from '../kit/remembered.ts'
import { Composer } from './composer.tsx'
import styles from './masking.module.css'
import { useCallNow } from './use-bindings.ts'

interface Props {
  readonly binding: BindingView
  readonly onStarted: (call: string) => void
  readonly onClose: () => void
}

/** Which of the unit's telephones rings first: at first the one that was chosen at this machine before. */
export function CallForm({ binding, onStarted, onClose }: Props) {
  const { t } = useWords()
  const { unitPhones, unit } = binding
  const memory = `mask.phone.${unit.id}`
  const [phone, setPhone] = useState(() => {
    const last = browserMemory.read(memory)
    return unitPhones.find(one => one === last) ?? unitPhones[0] ?? null
  })
  const calling = useCallNow(binding)
  const send = () => {
    if (phone === null) return
    browserMemory.write(memory, phone)
    calling.mutate(phone, { onSuccess: onStarted })
  }
  return (
    <Composer
      title={t('mask.call.which')}
      testid="call-form"
      error={calling.error}
      send={t('mask.call.start')}
      sending={calling.isPending}
      disabled={phone === null}
      onSend={send}
      onClose={onClose}
    >
      {phone === null ? (
        <Alert type="warning" showIcon title={t('mask.call.no-phone')} />
      ) : (
        <Radio.Group
          className={styles.phones ?? ''}
          value={phone}
          onChange={event => setPhone(event.target.value)}
          options={unitPhones.map(value => ({ value, label: spaced(value) }))}
          data-testid="phones"
        />
      )}
    </Composer>
  )
}
