import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from './language.tsx'

export function LanguageButton() {
  const { t, switchLanguage } = useWords()
  return (
    <Button type="text" icon={<GlobalOutlined />} onClick={switchLanguage} data-testid="language">
      {t('app.language')}
    </Button>
  )
}
