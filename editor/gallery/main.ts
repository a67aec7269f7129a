import '@fontsource-variable/inter'
import { createApp } from 'vue'
import GalleryPage from './GalleryPage.vue'

createApp(GalleryPage).mount('#app')
