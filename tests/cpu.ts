/** Milliseconds of processor time this process has used: what a limit on our own work is measured with, whatever else runs. */
export function cpuTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
