import { AlertFilled, SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef } from 'antd'
import type { CSSProperties, Ref } from 'react'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { STATE_COLOUR } from '../kit/theme.ts'
import { FILTERS, type Filter, passes } from './seats-shown.ts'
import styles from './tools.module.css'

interface Props {
  readonly seats: readonly FloorSeat[]
  readonly alarmed: ReadonlySet<string>
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly searchField: Ref<InputRef>
}

const COLOUR: Record<Filter, string> = {
  all: '#14202e',
  ready: STATE_COLOUR.ready,
  incoming: STATE_COLOUR.ringing,
  talking: STATE_COLOUR.talking,
  'wrap-up': STATE_COLOUR['wrap-up'],
  'not-ready': STATE_COLOUR['not-ready'],
  alarmed: '#8f1d1d',
}

/** The states with how many seats are in each: at once the count, the legend of colours and the filter. */
export function SeatTools(props: Props) {
  const { t } = useWords()
  return (
    <div className={styles.tools}>
      <fieldset className={styles.filters}>
        {FILTERS.map(filter => {
          const tint: CSSProperties & Record<'--state', string> = { '--state': COLOUR[filter] }
          return (
            <button
              key={filter}
              type="button"
              style={tint}
              className={css(props.filter === filter && styles.on)}
              aria-pressed={props.filter === filter}
              onClick={() => props.onFilter(props.filter === filter ? 'all' : filter)}
              data-testid={`floor-filter-${filter}`}
            >
              {filter === 'alarmed' && <AlertFilled />}
              {t(`floor.filter.${filter}`)}
              <b>{props.seats.filter(seat => passes(seat, filter, props.alarmed)).length}</b>
            </button>
          )
        })}
      </fieldset>
      <small>{t('floor.keys')}</small>
      <Input
        ref={props.searchField}
        title={t('floor.keys')}
        className={styles.search ?? ''}
        prefix={<SearchOutlined />}
        placeholder={t('floor.search')}
        aria-label={t('floor.search')}
        value={props.search}
        onChange={event => props.onSearch(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') props.onSearch('')
        }}
        allowClear
        data-testid="floor-search"
      />
    </div>
  )
}
