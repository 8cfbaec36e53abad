/** A sound with nothing in it but what is heard. */
export interface BareSound {
	bytes: Buffer;
	/** How long it lasts. */
	seconds: number;
}
