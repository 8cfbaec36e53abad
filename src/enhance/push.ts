import { all } from './page.ts';
import { beginWorker } from './worker.ts';

const place = 'push:asked';

/**
 * `form[data-push]` holds the public key of the house: pressed, it asks the browser, once, and sends what the browser gives.
 * `[data-push-offer]` is shown only on a device that was never asked; `[data-push-no]` puts it away for good;
 * `[data-push-denied]` is shown where the person refused in their browser, `[data-push-failed]` where the browser could not.
 */
export function offerPush(): void {
	if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;
	const isDenied = Notification.permission === 'denied';
	for (const told of all('[data-push-denied]')) told.hidden = !isDenied;
	for (const form of all<HTMLFormElement>('form[data-push]')) {
		form.hidden = isDenied;
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			void subscribe(form).catch(sayFailed);
		});
	}
	for (const offer of all('[data-push-offer]'))
		offer.hidden = Notification.permission !== 'default' || !!localStorage.getItem(place);
	for (const no of all('[data-push-no]')) no.addEventListener('click', putAway);
}

function putAway(): void {
	localStorage.setItem(place, '1');
	for (const offer of all('[data-push-offer]')) offer.hidden = true;
}

// Some browsers know the words and have no service behind them: said, not left as a button that does nothing.
function sayFailed(): void {
	for (const told of all('[data-push-failed]')) told.hidden = false;
}

async function subscribe(form: HTMLFormElement): Promise<void> {
	localStorage.setItem(place, '1');
	if ((await Notification.requestPermission()) !== 'granted') {
		putAway();
		for (const told of all('[data-push-denied]')) told.hidden = false;
		return;
	}
	const { pushManager } = await beginWorker();
	const applicationServerKey = form.dataset.push ?? '';
	// One made with an older key of the house answers to nobody.
	const subscription = await pushManager
		.subscribe({ userVisibleOnly: true, applicationServerKey })
		.catch(async () => {
			await (await pushManager.getSubscription())?.unsubscribe();
			return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
		});
	const field = form.querySelector<HTMLInputElement>('input[name="subscription"]');
	if (field) field.value = JSON.stringify(subscription);
	form.submit();
}
