"""Who runs the step: this process, worker processes or an existing cluster. The numbers are the same."""
