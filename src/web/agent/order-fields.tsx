import { Form, Input, Radio } from 'antd'
import { useEffect, useRef } from 'react'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { CategorySelect } from './category-select.tsx'
import styles from './order.module.css'
import { useWorkOrderTypes } from './use-catalogues.ts'

/** As the database holds them, in characters. */
const TITLE_MOST = 100
const TEXT_MOST = 8_000
const PLACE_MOST = 300

export function OrderFields() {
  const { t, nameOf } = useWords()
  const types = useWorkOrderTypes()
  const firstField = useFocusWhenIdle(types.length > 0)
  return (
    <>
      <Form.Item
        name="typeCode"
        label={t('order.type')}
        rules={[{ required: true, message: t('order.need-type') }]}
        className={css(styles.wide)}
      >
        <Radio.Group
          ref={firstField}
          optionType="button"
          buttonStyle="solid"
          options={types.map(type => ({ value: type.code, label: nameOf(type) }))}
          data-testid="order-type"
        />
      </Form.Item>
      <Form.Item
        name="categoryCode"
        label={t('order.category')}
        rules={[{ required: true, message: t('order.need-category') }]}
      >
        <CategorySelect />
      </Form.Item>
      <Form.Item name="place" label={t('order.place')}>
        <Input
          placeholder={t('order.place-hint')}
          maxLength={PLACE_MOST}
          autoComplete="off"
          data-testid="order-place"
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={t('order.heading')}
        rules={[{ required: true, whitespace: true, message: t('order.need-heading') }]}
        className={css(styles.wide)}
      >
        <Input
          placeholder={t('order.heading-hint')}
          maxLength={TITLE_MOST}
          showCount
          autoComplete="off"
          data-testid="order-title"
        />
      </Form.Item>
      <Form.Item
        name="text"
        label={t('order.text')}
        rules={[{ required: true, whitespace: true, message: t('order.need-text') }]}
        className={css(styles.wide, styles.text)}
      >
        <Input.TextArea
          placeholder={t('order.text-hint')}
          maxLength={TEXT_MOST}
          showCount
          autoSize={{ minRows: 4, maxRows: 14 }}
          data-testid="order-text"
        />
      </Form.Item>
    </>
  )
}

/** Once the answer button is gone the keys belong to nobody: an agent who answers by key goes on by key. */
function useFocusWhenIdle(isThere: boolean) {
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isThere && document.activeElement === document.body) field.current?.querySelector('input')?.focus()
  }, [isThere])
  return field
}
