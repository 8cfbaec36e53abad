const place = 'device:keeps';

/** Whether pages are kept on this device: its person said so, or Coopol is installed and they did not say. */
export const isKeeping = (): boolean =>
	!!(localStorage.getItem(place) ?? (matchMedia('(display-mode: standalone)').matches ? '1' : ''));

/** Notes what its person says of it. */
export const sayKeeping = (keeps: boolean): void => localStorage.setItem(place, keeps ? '1' : '');
