import { CameraOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useWords } from '../kit/language.tsx'
import styles from './acts.module.css'
import { sizeOf } from './attach.ts'

interface Props {
  readonly photos: readonly File[]
  readonly onChange: (photos: readonly File[]) => void
}

/** Photos of the scene: on a phone its camera opens, elsewhere a choice of files. */
export function PhotoField({ photos, onChange }: Props) {
  const { t } = useWords()
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.photos}>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        // antd shows every input of its forms, hidden or not.
        style={{ display: 'none' }}
        data-testid="photos-chooser"
        onChange={event => {
          onChange([...photos, ...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button icon={<CameraOutlined />} onClick={() => chooser.current?.click()} data-testid="photos-take">
        {t(photos.length === 0 ? 'photos.take' : 'photos.more')}
      </Button>
      {photos.map((photo, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a camera gives each photo the same name
        <span key={index}>
          {photo.name} <small>{sizeOf(photo.size)}</small>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('photos.leave-out', { name: photo.name })}
            onClick={() => onChange(photos.filter((_, other) => other !== index))}
          />
        </span>
      ))}
    </div>
  )
}
