import { Button, Result } from 'antd'
import { useWords } from '../kit/language.tsx'
import { goTo } from './place.ts'

/** @param home the path to go back to; null: this person has no page at all */
export function NoSuchPage({ home }: { readonly home: string | null }) {
  const { t } = useWords()
  return home === null ? (
    <Result status="info" title={t('shell.nothing')} subTitle={t('shell.nothing.what')} />
  ) : (
    <Result
      status="info"
      title={t('shell.none')}
      subTitle={t('shell.none.what')}
      extra={
        <Button type="primary" onClick={() => goTo(home)} data-testid="go-home">
          {t('shell.none.home')}
        </Button>
      }
      data-testid="no-such-page"
    />
  )
}
