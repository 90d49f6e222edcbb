import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Form, Input, Radio, Select } from 'antd'
import type { AnnouncementForm } from '../../floor/announcements/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { serverClock } from '../kit/server-clock.ts'
import { useAnnounce } from './use-announcements.ts'

interface Fields {
  readonly text: string
  readonly who: AnnouncementForm['to']['who']
  readonly queue?: string
  readonly seat?: string
  readonly minutes: keyof typeof MINUTES
  readonly mustAcknowledge: boolean
}

const MINUTES = { '30': 30, '120': 120, '480': 480, never: null } as const
const AT_FIRST: Fields = { text: '', who: 'all', minutes: '120', mustAcknowledge: true }

export function AnnounceForm({ onDone }: { readonly onDone?: () => void }) {
  const { t, nameOf } = useWords()
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const announce = useAnnounce()
  const queues = useQuery({ queryKey: ['queues'], queryFn: () => get<readonly QueueView[]>('/api/queues') })
  const who = Form.useWatch('who', form) ?? AT_FIRST.who
  const send = (fields: Fields) =>
    announce.mutate(toForm(fields), {
      onSuccess: made => {
        message.success(t('announcements.sent', { count: made.others.length + made.readers.length }))
        form.resetFields()
        onDone?.()
      },
      onError: error => message.error(t(problemKey(error))),
    })
  const chooseWhom = [{ required: true, message: t('announcements.to.missing') }]
  return (
    <Form form={form} layout="vertical" initialValues={AT_FIRST} onFinish={send} requiredMark={false}>
      <Form.Item
        name="text"
        label={t('announcements.text')}
        rules={[{ required: true, whitespace: true, message: t('announcements.text.missing') }]}
      >
        <Input.TextArea
          autoFocus
          rows={4}
          maxLength={500}
          showCount
          placeholder={t('announcements.text.hint')}
          data-testid="announcement-text"
        />
      </Form.Item>
      <Form.Item name="who" label={t('announcements.to')}>
        <Radio.Group
          optionType="button"
          options={(['all', 'queue', 'seat'] as const).map(value => ({
            value,
            label: t(`announcements.to.${value}`),
          }))}
        />
      </Form.Item>
      {who === 'queue' && (
        <Form.Item name="queue" rules={chooseWhom}>
          <Select
            options={queues.data?.map(queue => ({ value: queue.id, label: nameOf(queue) })) ?? []}
            loading={queues.isPending}
          />
        </Form.Item>
      )}
      {who === 'seat' && (
        <Form.Item name="seat" rules={[{ pattern: /^[0-9]{4}$/, ...chooseWhom[0] }]}>
          <Input placeholder={t('announcements.to.seat.hint')} maxLength={4} inputMode="numeric" />
        </Form.Item>
      )}
      <Form.Item name="minutes" label={t('announcements.until')}>
        <Radio.Group
          optionType="button"
          options={(['30', '120', '480', 'never'] as const).map(value => ({
            value,
            label: t(`announcements.until.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="mustAcknowledge" valuePropName="checked">
        <Checkbox>{t('announcements.must')}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={announce.isPending} data-testid="announcement-send">
        {t('announcements.send')}
      </Button>
    </Form>
  )
}

function toForm({ text, who, queue, seat, minutes, mustAcknowledge }: Fields): AnnouncementForm {
  const lasts = MINUTES[minutes]
  const until = lasts === null ? null : new Date(serverClock.now() + lasts * 60_000).toISOString()
  return { text, to: toAudience(who, queue ?? '', seat ?? ''), until, mustAcknowledge }
}

function toAudience(who: Fields['who'], queue: string, seat: string): AnnouncementForm['to'] {
  if (who === 'queue') return { who, queue }
  return who === 'seat' ? { who, seat } : { who }
}
