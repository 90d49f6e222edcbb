import { Button, Result, Spin } from 'antd'
import { useWords } from './language.tsx'
import { LanguageButton } from './language-button.tsx'

export function Opening() {
  const { t } = useWords()
  return (
    <main className="whole-page" aria-busy="true">
      <Spin size="large" />
      <p>{t('app.loading')}</p>
    </main>
  )
}

export function Unreachable() {
  const { t } = useWords()
  return (
    <main className="whole-page" data-testid="unreachable">
      <Result
        status="warning"
        title={t('app.unreachable')}
        subTitle={t('app.unreachable.what')}
        extra={<LanguageButton />}
      />
    </main>
  )
}

export function OtherTab({ onUseHere }: { readonly onUseHere: () => void }) {
  const { t } = useWords()
  return (
    <main className="whole-page" data-testid="other-tab">
      <Result
        status="info"
        title={t('app.other-tab')}
        subTitle={t('app.other-tab.what')}
        extra={
          <Button type="primary" size="large" onClick={onUseHere}>
            {t('app.use-here')}
          </Button>
        }
      />
    </main>
  )
}

export function Broken() {
  const { t } = useWords()
  return (
    <main className="whole-page">
      <Result
        status="error"
        title={t('app.broken')}
        subTitle={t('app.broken.what')}
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {t('app.reload')}
          </Button>
        }
      />
    </main>
  )
}
