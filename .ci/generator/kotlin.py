def files(catalogue):
    return {}
