import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import type { Drawing } from '../../floor/ivr/schema.ts'
import { useWords } from '../kit/language.tsx'
import {
  type Asking,
  DIGITS,
  lead,
  type NodeKind,
  type Slot,
  swapKeys,
  withNode,
  withoutKey,
} from './drawing.ts'
import styles from './ivr.module.css'
import { Field } from './node-panel.tsx'
import { LANGUAGES } from './says-field.tsx'
import { TargetSelect } from './target-select.tsx'

interface Props {
  readonly id: string
  readonly node: Asking
  readonly drawing: Drawing
  readonly onDraw: (drawing: Drawing, tag?: string) => void
  readonly onAdd: (at: Slot, kind: NodeKind) => void
}

/** The keys of a menu, how long it waits, and what silence means. */
export function KeysField(props: Props) {
  const { t } = useWords()
  const { id, node, drawing, onDraw, onAdd } = props
  const used = DIGITS.filter(digit => node.keys[digit] !== undefined)
  const free = DIGITS.find(digit => !used.includes(digit))
  const set = (change: Partial<Pick<Asking, 'waitMs' | 'repeat'>>) =>
    onDraw(withNode(drawing, id, node.kind === 'menu' ? { ...node, ...change } : { ...node, ...change }))
  return (
    <>
      <Field label={t('ivr.panel.keys')}>
        {used.map(digit => (
          <div key={digit} className={styles.keyRow}>
            <Select
              className={styles.keySelect ?? ''}
              aria-label={t('ivr.at.key', { key: digit })}
              value={digit}
              options={DIGITS.map(each => ({ value: each, label: each }))}
              onChange={other => onDraw(swapKeys(drawing, id, digit, other))}
            />
            {node.kind === 'language' && <LanguageOfKey {...props} node={node} digit={digit} />}
            <TargetSelect drawing={drawing} slot={{ node: id, by: digit }} onDraw={onDraw} onAdd={onAdd} />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('ivr.panel.remove-key', { key: digit })}
              onClick={() => onDraw(withoutKey(drawing, id, digit))}
            />
          </div>
        ))}
        {free !== undefined && (
          <Button
            type="dashed"
            block
            icon={<PlusOutlined />}
            onClick={() => onDraw(lead(drawing, { node: id, by: free }, null))}
            data-testid="ivr-add-key"
          >
            {t('ivr.panel.add-key')} {free}
          </Button>
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('ivr.panel.wait')}>
          <InputNumber
            min={2}
            max={20}
            value={node.waitMs / 1_000}
            suffix={t('ivr.panel.seconds')}
            onChange={value => value !== null && set({ waitMs: Math.round(value) * 1_000 })}
          />
        </Field>
        <Field label={t('ivr.panel.repeat')}>
          <InputNumber
            min={0}
            max={3}
            value={node.repeat}
            suffix={t('ivr.panel.times')}
            onChange={value => value !== null && set({ repeat: Math.round(value) })}
          />
        </Field>
      </div>
      <Field label={t('ivr.panel.silence')}>
        <TargetSelect
          drawing={drawing}
          slot={{ node: id, by: 'silence' }}
          onDraw={onDraw}
          onAdd={onAdd}
          nowhere={t('ivr.panel.silence.agent')}
        />
      </Field>
    </>
  )
}

interface LanguageProps extends Props {
  readonly node: Extract<Asking, { kind: 'language' }>
  readonly digit: (typeof DIGITS)[number]
}

function LanguageOfKey({ id, node, digit, drawing, onDraw }: LanguageProps) {
  const { t } = useWords()
  const choice = node.keys[digit]
  if (choice === undefined) return null
  return (
    <Select
      className={styles.languageSelect ?? ''}
      aria-label={t('ivr.panel.language', { key: digit })}
      value={choice.language}
      options={LANGUAGES.map(language => ({ value: language, label: t(`ivr.language.${language}`) }))}
      onChange={language =>
        onDraw(withNode(drawing, id, { ...node, keys: { ...node.keys, [digit]: { ...choice, language } } }))
      }
    />
  )
}
