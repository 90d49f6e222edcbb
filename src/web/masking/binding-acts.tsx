import { PhoneOutlined } from '@ant-design/icons'
import { App, Button, Popconfirm, Tooltip } from 'antd'
import type { BindingView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import type { Doing } from './binding-card.tsx'
import type { GivenPin } from './pin-dialog.tsx'
import { useNewPin } from './use-bindings.ts'

interface Props {
  readonly binding: BindingView
  readonly byKey: boolean
  readonly onDo: (what: Doing) => void
  readonly onPin: (pin: GivenPin) => void
}

/** Whether a call may begin at this moment: not while one is up, nor when a day has had its calls. */
export function mayCallNow({ mayCall, inCall, callsToday, mostCallsADay }: BindingView): boolean {
  return mayCall && !inCall && callsToday < mostCallsADay
}

/** What may be done with a binding; nothing at all to some who see it. */
export function BindingActs({ binding, byKey, onDo, onPin }: Props) {
  const { t } = useWords()
  const { mayCall, mayChange, inCall, validUntil, carrier } = binding
  if (!mayCall && !mayChange) return null
  const possible = mayCallNow(binding)
  return (
    <footer>
      {mayCall && (
        <Tooltip title={possible ? undefined : t(inCall ? 'mask.call.running' : 'mask.call.full')}>
          <Button
            type="primary"
            size="small"
            icon={<PhoneOutlined />}
            disabled={!possible}
            onClick={() => onDo('call')}
            data-testid="call-now"
          >
            {t('mask.call')} {byKey && <kbd>T</kbd>}
          </Button>
        </Tooltip>
      )}
      {mayChange && validUntil !== null && (
        <Button size="small" onClick={() => onDo('extend')} data-testid="extend">
          {t('mask.extend')}
        </Button>
      )}
      {mayChange && (
        <Button size="small" onClick={() => onDo('end')} data-testid="end">
          {t('mask.end')}
        </Button>
      )}
      {/* A carrier knows no PIN. */}
      {mayChange && carrier === null && <RenewPin binding={binding} onPin={onPin} />}
    </footer>
  )
}

function RenewPin({ binding, onPin }: Pick<Props, 'binding' | 'onPin'>) {
  const { t } = useWords()
  const { message } = App.useApp()
  const renewing = useNewPin(binding)
  const renew = () =>
    renewing.mutate(undefined, {
      onSuccess: renewed => onPin({ pin: renewed.pin, short: renewed.binding.short }),
      onError: error => message.error(t(problemKey(error)), 6),
    })
  const what = t(binding.hasPin ? 'mask.pin.reset' : 'mask.pin.set')
  return (
    <Popconfirm
      title={t(binding.hasPin ? 'mask.pin.sure' : 'mask.pin.set.sure')}
      okText={what}
      cancelText={t('acts.cancel')}
      okButtonProps={{ 'data-testid': 'renew-pin-sure' }}
      onConfirm={renew}
      disabled={renewing.isPending}
    >
      <Button size="small" loading={renewing.isPending} data-testid="renew-pin">
        {what}
      </Button>
    </Popconfirm>
  )
}
