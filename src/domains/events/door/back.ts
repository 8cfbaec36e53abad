/** The list at the door again, as it was filtered, where this person is. */
export function backToDoor(url: URL, personId?: string): string {
	const q = url.searchParams.get('q');
	return `${url.pathname}${q ? `?${new URLSearchParams({ q })}` : ''}${personId ? `#p-${personId}` : ''}`;
}
