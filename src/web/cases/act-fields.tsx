import { Form, Input, InputNumber, Radio } from 'antd'
import type { ReactNode } from 'react'
import type { CaseView } from '../../casework/life/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { PlainTextKey } from '../kit/texts.ts'
import type { ActInput, FieldName, FormName } from './acts.ts'
import { OrderPicker } from './order-picker.tsx'
import { PositionField } from './position-field.tsx'
import { StatusPicker } from './status-picker.tsx'
import { UnitPicker, UnitsPicker } from './unit-picker.tsx'

interface Props {
  readonly act: FormName
  readonly field: FieldName
  readonly input: ActInput
  readonly view: CaseView
  /** For which units it may be done; null: for the order itself. */
  readonly units: readonly (string | null)[]
  readonly problem: string | null
  readonly onChange: (part: Partial<ActInput>) => void
}

const LONGEST = { reason: 500, note: 500, duty: 500, route: 500, text: 8_000, minutes: 8_000 } as const
const ROWS = { reason: 2, note: 2, duty: 2, route: 2, text: 4, minutes: 4 } as const
type Writing = keyof typeof LONGEST

const LABELS: Readonly<Record<FieldName, PlainTextKey>> = {
  unit: 'field.unit',
  lead: 'field.lead',
  co: 'field.co',
  other: 'field.added',
  into: 'field.into',
  reason: 'field.reason',
  text: 'field.text',
  note: 'field.note',
  minutes: 'field.minutes',
  duty: 'field.duty',
  route: 'field.route',
  days: 'field.days',
  holdKind: 'field.holdKind',
  channel: 'field.channel',
  solved: 'field.solved',
  grade: 'field.grade',
  level: 'field.level',
  priority: 'field.priority',
  number: 'field.number',
  toStatus: 'field.toStatus',
  point: 'field.point',
}

/** One thing that an act needs to be told. */
export function ActField(props: Props) {
  const { t } = useWords()
  const { act, field, problem } = props
  return (
    <Form.Item
      label={t(act === 'pass-down' && field === 'other' ? 'field.below' : LABELS[field])}
      validateStatus={problem === null ? '' : 'error'}
      help={problem}
      data-testid={`field-${field}`}
    >
      <Control {...props} />
    </Form.Item>
  )
}

function Control({ field, input, view, units, onChange }: Props): ReactNode {
  const { t } = useWords()
  switch (field) {
    case 'unit':
      return (
        <Choice
          value={input.unit ?? ''}
          options={units.map(unit => [unit ?? '', unitLabel(view, unit) ?? t('field.unit.order')])}
          onChange={unit => onChange({ unit: unit === '' ? null : unit })}
        />
      )
    case 'lead':
      return <UnitPicker value={input.lead} onChange={lead => onChange({ lead })} />
    case 'other':
      return <UnitPicker value={input.other} onChange={other => onChange({ other })} />
    case 'co':
      return <UnitsPicker value={input.co} except={input.lead} onChange={co => onChange({ co })} />
    case 'into':
      return <OrderPicker except={view.id} value={input.into} onChange={into => onChange({ into })} />
    case 'days':
      return (
        <InputNumber
          min={1}
          max={60}
          precision={0}
          value={input.days}
          onChange={days => onChange({ days })}
        />
      )
    case 'holdKind':
      return (
        <Choice
          value={input.holdKind}
          options={(['need-info', 'legal-procedure'] as const).map(kind => [kind, t(`hold.${kind}`)])}
          onChange={holdKind => onChange({ holdKind })}
        />
      )
    case 'channel':
      return (
        <Choice
          value={input.channel}
          options={(['phone', 'visit', 'sms', 'wechat', 'other'] as const).map(how => [
            how,
            t(`channel.${how}`),
          ])}
          onChange={channel => onChange({ channel })}
        />
      )
    case 'solved':
      return (
        <Choice
          value={input.solved}
          options={[
            [true, t('solved.true')],
            [false, t('solved.false')],
          ]}
          onChange={solved => onChange({ solved })}
        />
      )
    case 'grade':
      return (
        <Choice
          value={input.grade}
          options={(['very-good', 'good', 'fair', 'bad', 'very-bad'] as const).map(grade => [
            grade,
            t(`grade.${grade}`),
          ])}
          onChange={grade => onChange({ grade })}
        />
      )
    case 'level':
      return (
        <Choice
          value={input.level}
          options={([1, 2, 3, 4, 5] as const)
            .filter(level => level > view.supervision)
            .map(level => [level, t(`supervision.${level}`)])}
          onChange={level => onChange({ level })}
        />
      )
    case 'priority':
      return (
        <Choice
          value={input.priority}
          options={(['P0', 'P1', 'P2', 'P3'] as const)
            .filter(priority => priority !== view.priority)
            .map(priority => [priority, t(`case.priority.${priority}`)])}
          onChange={priority => onChange({ priority })}
        />
      )
    case 'number':
      return (
        <Choice
          value={input.number}
          options={(['110', '119', '120', '122'] as const).map(number => [number, number])}
          onChange={number => onChange({ number })}
        />
      )
    case 'toStatus':
      return (
        <StatusPicker
          now={view.status}
          value={input.toStatus}
          onChange={toStatus => onChange({ toStatus })}
        />
      )
    case 'point':
      return <PositionField value={input.point} onChange={point => onChange({ point })} />
    default:
      return <Written field={field} value={input[field]} onChange={onChange} />
  }
}

function Written(props: {
  readonly field: Writing
  readonly value: string
  readonly onChange: Props['onChange']
}) {
  const { t } = useWords()
  const { field, value, onChange } = props
  const hint = field === 'duty' ? t('field.duty.hint') : field === 'route' ? t('field.route.hint') : undefined
  return (
    <Input.TextArea
      autoSize={{ minRows: ROWS[field], maxRows: 10 }}
      maxLength={LONGEST[field]}
      placeholder={hint}
      aria-label={t(LABELS[field])}
      value={value}
      onChange={event => onChange({ [field]: event.target.value })}
      data-testid={`write-${field}`}
    />
  )
}

/** A few values side by side. */
function Choice<Value extends string | number | boolean>(props: {
  readonly value: Value | null
  readonly options: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <Radio.Group
      optionType="button"
      value={props.value}
      options={props.options.map(([value, label]) => ({ value, label }))}
      onChange={event => props.onChange(event.target.value)}
    />
  )
}

function unitLabel(view: CaseView, unit: string | null): string | null {
  return unit === null ? null : (view.assignments.find(part => part.unit === unit)?.unitName ?? unit)
}
